import type { Context } from '../../platform/context.ts'
import type { Attempts } from '../../platform/passwords/attempts.ts'

export interface SignInContext extends Context {
  readonly attempts: Attempts
}
