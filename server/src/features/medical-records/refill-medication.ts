import type { Refill } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError, Conflict } from '../../platform/errors.ts'
import { record as recordEvent } from '../../platform/events/event-log.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'
import { noCare } from './access.ts'
import { hasEnded } from './list-medications.ts'
import { type Bedside, findBedside } from './queries/bedside.ts'
import { countRefills, insertRefill } from './queries/refills.ts'
import { originOf, type RecordOf } from './read-records.ts'
import { recordToChange } from './record-to-change.ts'

/**
 * Dispenses a medication once more. Its record is locked meanwhile, so that the last refill is given once.
 * @throws NotFound, AppError 403 for whoever does not treat the pet, AppError 409 when none is left or the pet has died, Conflict when it is
 *   nothing to refill, DamagedRecord
 */
export async function refillMedication(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  { petId, recordId }: { petId: string; recordId: string },
): Promise<Refill> {
  const [{ access, record }, bedside] = await Promise.all([
    recordToChange(tx, dataKeys, actor, petId, recordId),
    findBedside(tx, petId),
  ])
  if (!access.treats) throw noCare()
  if (record.type !== 'medication') throw new Conflict('Only a medication is refilled.')
  if (record.status !== 'current') throw new Conflict('This record was entered in error.')
  const medication = record as RecordOf<'medication'>
  if (!originOf(medication).verified) throw new Conflict('A vet has to verify what an owner reported first.')
  const { today, hasDied } = bedside as Bedside
  if (hasDied) throw new AppError('pet.deceased', 'Nothing is dispensed for a pet that has died.')
  if (hasEnded(medication, today)) throw new Conflict('This medication has ended.')

  const [refills] = await countRefills(tx, [recordId])
  const number = (refills?.dispensed ?? 0) + 1
  const refillsLeft = (medication.details.refillsAllowed ?? 0) - number
  if (refillsLeft < 0) throw new AppError('medical-record.no-refills')
  const dispensedAt = await insertRefill(tx, { recordId, number, dispensedBy: actor.accountId })
  recordEvent(tx, actor, 'medical-record.refilled', {
    resource: { type: 'medical-record', id: recordId },
    petId,
    recordIds: [recordId],
    payload: { number },
    purpose: access.purpose,
  })
  return { recordId, number, refillsLeft, dispensedAt }
}
