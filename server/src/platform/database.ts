import type { Socket } from 'node:net'
import pg from 'pg'
import { type EventRow, insertEvents } from './event-rows.ts'
import type { Statement } from './statement.ts'

/** Something that reads. */
export interface Queryable {
  rows<Row>(statement: Statement): Promise<Row[]>
  row<Row>(statement: Statement): Promise<Row | undefined>
}

export interface Db extends Queryable, AsyncDisposable {
  readonly pool: pg.Pool
}

/** An open transaction: whatever writes takes one, so that the compiler tells readers from writers. */
export interface Tx extends Queryable {
  /** Events of this transaction, written with its commit. */
  readonly events: EventRow[]
}

/** Codes after which a connection is not to be used again: read-only, shut down, lost. */
const BROKEN = /^(25006|57P0[1-5]|08\w{3})$/
/** Deadlock and serialisation failure: the same work can succeed when run again. */
const RETRYABLE = /^(40P01|40001)$/

/**
 * Opens a pool whose connections act as the application's role, in UTC.
 * @param url where PostgreSQL is
 * @param size connections at the most
 */
export function openDatabase(url: string, size: number, onError: (error: Error) => void): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    options: '-c role=petra_app -c TimeZone=UTC -c statement_timeout=15s -c transaction_timeout=30s',
    types: { getTypeParser } as pg.CustomTypesConfig,
  } as pg.PoolConfig)
  // A checked-out or idle client without a handler would take the process down with it.
  const lost = (error: Error) => pool.ending || onError(error)
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  const rows = openReads(pool)
  return {
    pool,
    rows,
    row: async <Row>(statement: Statement) => (await rows<Row>(statement))[0],
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

/** Reads outside a transaction. Statements that are sent in the same breath travel together, on one connection. */
function openReads(pool: pg.Pool): Queryable['rows'] {
  let waiting: { statement: Statement; done: PromiseWithResolvers<unknown[]> }[] = []

  async function send(): Promise<void> {
    const flight = waiting
    waiting = []
    try {
      const client = await pool.connect()
      gather(client)
      const broken = await Promise.all(
        flight.map(({ statement, done }) =>
          client.query(statement as pg.QueryConfig).then(
            (result) => done.resolve(result.rows),
            (error) => {
              done.reject(error)
              return BROKEN.test(codeOf(error))
            },
          ),
        ),
      )
      client.release(broken.some(Boolean))
    } catch (error) {
      for (const { done } of flight) done.reject(error)
    }
  }

  return <Row>(statement: Statement) => {
    const done = Promise.withResolvers<unknown[]>()
    waiting.push({ statement, done })
    if (waiting.length === 1) queueMicrotask(() => void send())
    return done.promise as Promise<Row[]>
  }
}

/** Thrown by the work of a transaction that lost a race it may win in another way: it is rolled back and run again. */
export class TryAgain extends Error {
  /** What is thrown once there is no point in another try. */
  readonly verdict: Error
  constructor(verdict: Error) {
    super('Another transaction was faster')
    this.verdict = verdict
  }
}

/**
 * Runs `work` in one transaction and commits it together with the events it recorded.
 * A deadlock or serialisation failure runs it again, twice at the most; a `TryAgain` eleven times.
 */
export async function transact<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTransaction(db, work)
    } catch (error) {
      if (error instanceof TryAgain) {
        if (attempt === 12) throw error.verdict
      } else if (attempt === 3 || !RETRYABLE.test(codeOf(error))) throw error
    }
  }
}

/** `begin` travels with the first statement and the events with `commit`: connections are pipelined. */
async function attemptTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await db.pool.connect()
  let broken: Error | undefined
  try {
    const send = (statement: Statement) => {
      gather(client)
      return client.query(statement as pg.QueryConfig)
    }
    const begun = send({ text: 'begin', values: [] })
    begun.catch(() => {})
    const events: EventRow[] = []
    const result = await work({
      events,
      rows: async <Row>(statement: Statement) => (await send(statement)).rows as Row[],
      row: async <Row>(statement: Statement) => (await send(statement)).rows[0] as Row | undefined,
    })
    const written = events.length > 0 ? send(insertEvents(events)) : begun
    written.catch(() => {})
    const committed = await send({ text: 'commit', values: [] }).catch((error) => ({ command: '', error }))
    await begun
    await written
    // A failed statement turns COMMIT into ROLLBACK without an error of its own.
    if (committed.command !== 'COMMIT')
      throw 'error' in committed ? committed.error : new Error('The transaction was rolled back')
    return result
  } catch (error) {
    broken = await rollBack(client, error)
    throw error
  } finally {
    client.release(broken)
  }
}

/** What is sent to a connection in one breath leaves in one system call: they were a sixth of a booking's CPU. */
function gather(client: pg.PoolClient): void {
  const { stream } = (client as pg.PoolClient & { connection: { stream: Socket } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

async function rollBack(client: pg.PoolClient, cause: unknown): Promise<Error | undefined> {
  if (BROKEN.test(codeOf(cause))) return cause as Error
  return client.query('rollback').then(
    () => undefined,
    (error: Error) => error,
  )
}

/** The SQLSTATE of a database error, '' for any other. */
export function codeOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : ''
}

/** The constraint a database error names. */
export function constraintOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined
}

const { builtins } = pg.types

/** Instants and dates stay text, as the wire has them; `bigint` becomes a number. */
function getTypeParser(oid: number, format: 'text' | 'binary' = 'text'): unknown {
  if (format === 'text') {
    if (oid === builtins.TIMESTAMPTZ) return instant
    if (oid === builtins.TIMESTAMP) return (text: string) => text.replace(' ', 'T')
    if (oid === builtins.DATE) return (text: string) => text
    if (oid === builtins.INT8) return Number
  }
  return pg.types.getTypeParser(oid, format as 'text')
}

/** `2027-03-14 13:00:00+00` → `2027-03-14T13:00:00Z`; sessions run in UTC. */
function instant(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`
}
