import type { Attempts } from '../../platform/attempts.ts'
import type { Context } from '../../platform/context.ts'

export interface SignInContext extends Context {
  readonly attempts: Attempts
}
