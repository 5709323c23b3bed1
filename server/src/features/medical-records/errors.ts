import { AppError } from '../../platform/errors.ts'
import { constraintOf } from '../../platform/sql-state.ts'

/** Says that a visit note is locked; any other error stays what it is. */
export function noteLocked(error: unknown): never {
  if (constraintOf(error) !== 'visit_note_is_open') throw error
  throw new AppError('medical-record.locked', 'It was written more than 24 hours ago. Add to it instead.')
}
