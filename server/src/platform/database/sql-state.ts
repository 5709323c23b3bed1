import pg from 'pg'

/** Codes after which a connection is not to be used again: read-only, shut down, lost. */
export const BROKEN = /^(25006|57P0[1-5]|08\w{3})$/

/** Whether it was the connection that failed: what comes without a code is not from the database. */
export function isBroken(error: unknown): boolean {
  const code = codeOf(error)
  return code === '' || BROKEN.test(code)
}

/** Deadlock and serialisation failure: the same work can succeed when run again. */
export const RETRYABLE = /^(40P01|40001)$/

/** The SQLSTATE of a database error, '' for any other. */
export function codeOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : ''
}

/** The constraint a database error names. */
export function constraintOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined
}

/** The detail of a database error, '' for any other. It may quote values: for us to read, not for the log. */
export function detailOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.detail ?? '') : ''
}

/** Rethrows an error with the stack of whoever waited for it, instead of the socket's that it came in by. */
export function traced(error: unknown): never {
  if (error instanceof Error) Error.captureStackTrace(error, traced)
  throw error
}
