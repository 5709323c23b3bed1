import { constraintOf } from '../../platform/database/sql-state.ts'
import { AppError } from '../../platform/errors.ts'

/** Says that an admin has to remain; any other error stays what it is. */
export function lastAdmin(error: unknown): never {
  if (constraintOf(error) !== 'an_admin_remains') throw error
  throw new AppError('account.last-admin', 'Nobody else could run the company: make another account an admin first.')
}
