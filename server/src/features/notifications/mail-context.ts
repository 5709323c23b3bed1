import type { Context } from '../../platform/context.ts'
import type { Mailer } from './mailer.ts'

export interface MailContext extends Context {
  readonly mailer: Mailer
}
