import type { MedicalRecord } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict, Forbidden } from '../../platform/errors.ts'
import { record as recordEvent } from '../../platform/events/event-log.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'
import { noCare } from './access.ts'
import { openRecord } from './open-record.ts'
import { maySign } from './policy.ts'
import { findRecord, type RecordRow } from './queries/records.ts'
import { insertSignature } from './queries/signatures.ts'
import { recordToChange } from './record-to-change.ts'
import { contentHash } from './sealed-content.ts'

/**
 * The author of a visit note, or of an addendum to one, stands by it as it is now. Twice is once.
 * @throws NotFound, AppError 403 for whoever did not write it or does not treat the pet, Conflict when it is something else
 *   or entered in error, DamagedRecord
 */
export async function signVisitNote(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  { petId, recordId }: { petId: string; recordId: string },
): Promise<MedicalRecord> {
  const { access, record, row, key } = await recordToChange(tx, dataKeys, actor, petId, recordId)
  if (!access.treats) throw noCare()
  if (!maySign(access, actor, record)) throw new Forbidden('A visit note is signed by who wrote it.')
  if (record.locksAt === null) throw new Conflict('Only a visit note, or an addendum to one, is signed.')
  if (record.status !== 'current') throw new Conflict('This record was entered in error.')
  if (record.signedAt !== null) return record

  const [, signed] = await Promise.all([insertSignature(tx, record), findRecord(tx, petId, record.id)])
  recordEvent(tx, actor, 'medical-record.signed', {
    resource: { type: 'medical-record', id: record.id },
    petId,
    recordIds: [record.id],
    payload: { version: row.version, contentHash: contentHash(row.content) },
    purpose: access.purpose,
  })
  return openRecord(key, signed as RecordRow)
}
