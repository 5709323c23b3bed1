import type { MedicalRecord } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { record as recordEvent } from '../../platform/events/event-log.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'
import { noCare } from './access.ts'
import { keepWeight } from './keep-weight.ts'
import { openRecord } from './open-record.ts'
import { findRecord, type RecordRow, setVerifier } from './queries/records.ts'
import { recordToChange } from './record-to-change.ts'
import { contentHash } from './sealed-content.ts'

/**
 * A vet vouches for what an owner reported; the first one who does is named, and later ones change nothing.
 * @throws NotFound, AppError 403, Conflict when it is clinical or entered in error, DamagedRecord
 */
export async function verifyMedicalRecord(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  { petId, recordId }: { petId: string; recordId: string },
): Promise<MedicalRecord> {
  const { access, record, row, key } = await recordToChange(tx, dataKeys, actor, petId, recordId)
  if (!access.treats) throw noCare()
  if (record.status !== 'current') throw new Conflict('This record was entered in error.')
  if (record.source === 'clinical') throw new Conflict('This record is clinical; it needs no verification.')
  if (record.verifiedBy !== null) return record

  const [, verifiedRow] = await Promise.all([
    setVerifier(tx, record.id, actor.accountId),
    findRecord(tx, petId, record.id),
  ])
  const verified = openRecord(key, verifiedRow as RecordRow)
  await keepWeight(tx, key, record, verified)
  recordEvent(tx, actor, 'medical-record.verified', {
    resource: { type: 'medical-record', id: record.id },
    petId,
    recordIds: [record.id],
    payload: { version: row.version, contentHash: contentHash(row.content) },
    purpose: access.purpose,
  })
  return verified
}
