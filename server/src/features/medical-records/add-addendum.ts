import type { Addendum, MedicalRecord } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'
import { noCare } from './access.ts'
import { requireBegun } from './details.ts'
import { type Bedside, findBedside } from './queries/bedside.ts'
import { recordToChange } from './record-to-change.ts'
import { writeRecord } from './write-record.ts'

/**
 * Adds a note to a visit note, which is locked so that it is not entered in error meanwhile.
 * @throws NotFound, AppError 403 for whoever does not treat the pet, Conflict when the record takes no addenda, Invalid 422
 *   when the day is to come, DamagedRecord
 */
export async function addAddendum(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  { petId, recordId }: { petId: string; recordId: string },
  { occurredOn, description }: Addendum,
): Promise<MedicalRecord> {
  const [{ access, record: note }, bedside] = await Promise.all([
    recordToChange(tx, dataKeys, actor, petId, recordId),
    findBedside(tx, petId),
  ])
  if (!access.treats) throw noCare()
  if (note.type !== 'visit-note') throw new Conflict('Only a visit note is added to.')
  if (note.status !== 'current') throw new Conflict('This record was entered in error.')
  requireBegun(occurredOn, (bedside as Bedside).today)
  const { appointmentId, id: addendumTo } = note
  const content = { description, details: {} }
  return writeRecord(tx, dataKeys, actor, access, {
    petId,
    type: 'note',
    occurredOn,
    ...content,
    appointmentId,
    addendumTo,
  })
}
