import { constraintOf } from '../../platform/database/sql-state.ts'
import { AppError, Conflict } from '../../platform/errors.ts'

/** Says that a visit note is locked; any other error stays what it is. */
export function noteLocked(error: unknown): never {
  if (constraintOf(error) !== 'visit_note_is_open') throw error
  throw new AppError('medical-record.locked', 'It was written more than 24 hours ago. Add to it instead.')
}

/** Says why a record takes no document; any other error stays what it is. */
export function documentRefused(error: unknown): never {
  const constraint = constraintOf(error)
  if (constraint === 'record_stands') throw new Conflict('This record was entered in error; it takes no documents.')
  if (constraint === 'record_has_room_for_documents')
    throw new Conflict('This record has 50 documents, and takes no more.')
  return noteLocked(error)
}
