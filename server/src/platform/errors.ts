import { type ProblemCode, problems } from '@petra/contract'

export interface FieldProblem {
  pointer: string
  message: string
}

/** A failure the caller is told about: its code gives status and title, `more` adds members to the problem document. */
export class AppError extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly more: Record<string, unknown>
  /** The pet it is about, where the request names none: for the trail alone. */
  petId: string | undefined
  constructor(code: ProblemCode, detail?: string, more: Record<string, unknown> = {}) {
    super(detail ?? `${problems[code].title}.`)
    this.code = code
    this.status = problems[code].status
    this.more = more
  }

  about(petId: string): this {
    this.petId = petId
    return this
  }
}

/** What is not there, and what the caller may not know is there: the same answer. */
export class NotFound extends AppError {
  constructor() {
    super('resource.not-found', 'There is nothing here that you can see.')
  }
}

export class Forbidden extends AppError {
  constructor(detail = 'Your account may not do this.') {
    super('auth.forbidden', detail)
  }
}

export class Conflict extends AppError {
  constructor(detail: string) {
    super('resource.conflict', detail)
  }
}

/** Too many tries at one thing; says of which limit, and after how many seconds there is room again. */
export class TooManyTries extends AppError {
  readonly limit: { readonly name: string; readonly most: number; readonly seconds: number }
  readonly retryAfter: number
  constructor(limit: TooManyTries['limit'], retryAfter: number) {
    super('rate.limited', `Too many tries; try again in ${retryAfter} seconds.`)
    this.limit = limit
    this.retryAfter = retryAfter
  }
}

/** A field names something that does not exist, or has a value that its neighbours rule out. */
export class Invalid extends AppError {
  constructor(code: ProblemCode, errors: FieldProblem[]) {
    super(code, errors[0]?.message, { errors })
  }
}
