import { randomUUIDv7 } from 'node:crypto'
import type { MedicalRecord } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record as recordEvent } from '../../platform/events/event-log.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'
import { keepWeight } from './keep-weight.ts'
import { openRecord } from './open-record.ts'
import { type RecordAccess, sourceOf } from './policy.ts'
import { findRecord, insertRecord, type NewRecord, type RecordRow } from './queries/records.ts'
import { insertVersion } from './queries/versions.ts'
import { type Content, contentHash, sealContent } from './sealed-content.ts'

/** An entry that has been found to be in order. */
export type Entry = Omit<NewRecord, 'id' | 'content' | 'source' | 'authorId'> & Content

/** Seals and stores the first version of a record. */
export async function writeRecord(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  access: RecordAccess,
  { description, details, ...entry }: Entry,
): Promise<MedicalRecord> {
  const { petId, occurredOn, addendumTo } = entry
  const key = await dataKeys.createDataKey(tx, 'pet-clinical', petId)
  const of = { id: randomUUIDv7(), version: 1 }
  const content = sealContent(key, 'medical_records', of, { description, details })
  const kept = sealContent(key, 'medical_record_versions', of, { description, details })
  const changedBy = actor.accountId
  const [, , row] = await Promise.all([
    insertRecord(tx, { ...entry, id: of.id, content, source: sourceOf(access), authorId: changedBy }),
    insertVersion(tx, { ...of, occurredOn, content: kept, status: 'current', reason: null, changedBy }),
    findRecord(tx, petId, of.id),
  ])
  const added = openRecord(key, row as RecordRow)
  await keepWeight(tx, key, null, added)
  recordEvent(tx, actor, 'medical-record.added', {
    resource: { type: 'medical-record', id: added.id },
    petId,
    recordIds: [added.id],
    payload: { version: 1, contentHash: contentHash(content), ...(addendumTo !== null && { addendumTo }) },
    purpose: access.purpose,
  })
  return added
}
