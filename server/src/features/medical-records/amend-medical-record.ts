import { isDeepStrictEqual } from 'node:util'
import type { MedicalRecord, MedicalRecordAmendment } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict, Forbidden } from '../../platform/errors.ts'
import { record as recordEvent } from '../../platform/events/event-log.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'
import { requireBegun, requireDetails } from './details.ts'
import { noteLocked } from './errors.ts'
import { keepWeight } from './keep-weight.ts'
import { openRecord } from './open-record.ts'
import { type Findings, requirePlausible } from './plausible-details.ts'
import { mayChange, type RecordAccess } from './policy.ts'
import { type Bedside, findBedside } from './queries/bedside.ts'
import { recordToChange } from './record-to-change.ts'
import { contentHash } from './sealed-content.ts'
import { writeVersion } from './write-version.ts'

/**
 * Adds a version to a record; what is absent from the amendment stays.
 * @throws NotFound, AppError 403, AppError 412 when stale, Conflict when it was entered in error or is locked,
 *   Invalid 422 when the details do not fit the type, the species or each other, or the day is to come, DamagedRecord
 */
export async function amendMedicalRecord(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  { petId, recordId }: { petId: string; recordId: string },
  { reason, confirmUnusual = false, ...amendment }: MedicalRecordAmendment,
  requireFresh: (current: MedicalRecord) => void,
): Promise<MedicalRecord> {
  const [{ access, record, key }, bedside] = await Promise.all([
    recordToChange(tx, dataKeys, actor, petId, recordId),
    findBedside(tx, petId),
  ])
  if (!mayChange(access, actor, record)) throw new Forbidden('Owners amend the entries that they made themselves.')
  requireFresh(record)
  if (record.status !== 'current') throw new Conflict('This record was entered in error; it is not amended any more.')
  const next = { ...record, ...amendment }
  const { species, today } = bedside as Bedside
  requireDetails(record.type, next.details)
  requireBegun(next.occurredOn, today)
  const standing = amendment.details === undefined ? ({ ...record, species } as Findings) : undefined
  requirePlausible({ ...next, species } as Findings, confirmUnusual, standing)

  const verifiedBy = verifierOf(record, actor, access)
  const version = { ...next, verifiedBy, reason: reason ?? null }
  const row = await writeVersion(tx, actor, key, record, version).catch(noteLocked)
  const amended = openRecord(key, row)
  await keepWeight(tx, key, record, amended)
  recordEvent(tx, actor, 'medical-record.amended', {
    resource: { type: 'medical-record', id: record.id },
    petId,
    recordIds: [record.id],
    payload: { version: row.version, contentHash: contentHash(row.content), fields: changedFields(record, next) },
    purpose: access.purpose,
  })
  return amended
}

/** A vet who amends what was verified vouches for it as it is now; an owner's amendment must be verified anew. */
function verifierOf(record: MedicalRecord, actor: Person, { treats }: RecordAccess): string | null {
  return treats && record.verifiedBy !== null ? actor.accountId : null
}

function changedFields(before: MedicalRecord, after: MedicalRecord): string[] {
  return (['occurredOn', 'description', 'details'] as const).filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  )
}
