import type { MedicalRecord } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Forbidden } from '../../platform/errors.ts'
import { record as recordEvent } from '../../platform/events/event-log.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'
import { keepWeight } from './keep-weight.ts'
import { openRecord } from './open-record.ts'
import { mayChange } from './policy.ts'
import { recordToChange } from './record-to-change.ts'
import { contentHash } from './sealed-content.ts'
import { writeVersion } from './write-version.ts'

/**
 * Marks a record as entered in error: it leaves every list and status with this commit. Twice is once.
 * @throws NotFound, AppError 403, AppError 412 when stale, DamagedRecord
 */
export async function retractMedicalRecord(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  { petId, recordId }: { petId: string; recordId: string },
  reason: string,
  requireFresh: (current: MedicalRecord) => void,
): Promise<void> {
  const { access, record, key } = await recordToChange(tx, dataKeys, actor, petId, recordId)
  if (!mayChange(access, actor, record)) throw new Forbidden('Owners retract the entries that they made themselves.')
  if (record.status === 'entered-in-error') return
  requireFresh(record)

  const verifiedBy = record.verifiedBy?.id ?? null
  const row = await writeVersion(tx, actor, key, record, { ...record, status: 'entered-in-error', verifiedBy, reason })
  await keepWeight(tx, key, record, openRecord(key, row))
  recordEvent(tx, actor, 'medical-record.retracted', {
    resource: { type: 'medical-record', id: record.id },
    petId,
    recordIds: [record.id],
    payload: { version: row.version, contentHash: contentHash(row.content) },
    purpose: access.purpose,
  })
}
