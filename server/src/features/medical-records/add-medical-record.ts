import { randomUUIDv7 } from 'node:crypto'
import type { MedicalRecord, MedicalRecordInput } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { DataKeys } from '../../platform/data-keys.ts'
import type { Tx } from '../../platform/database.ts'
import { Forbidden } from '../../platform/errors.ts'
import { record as recordEvent } from '../../platform/event-log.ts'
import { accessTo } from './access.ts'
import { requireBegun, requireDetails } from './details.ts'
import { keepWeight } from './keep-weight.ts'
import { openRecord } from './open-record.ts'
import { type Findings, requirePlausible } from './plausible-details.ts'
import { mayAdd, sourceOf } from './policy.ts'
import { type Bedside, findBedside, findRecord, insertRecord, type RecordRow } from './queries/records.ts'
import { insertVersion } from './queries/versions.ts'
import { contentHash, sealContent } from './sealed-content.ts'

/**
 * Adds an entry to a pet's history: clinical from a vet, owner-reported from an owner.
 * @throws NotFound, AppError 403, Invalid 422 when the details do not fit the type, the species or each other, or the day is to come
 */
export async function addMedicalRecord(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  petId: string,
  { type, occurredOn, description = null, details = {}, confirmUnusual = false }: MedicalRecordInput,
): Promise<MedicalRecord> {
  const [access, bedside] = await Promise.all([accessTo(tx, actor, petId), findBedside(tx, petId)])
  if (!mayAdd(access, type)) throw new Forbidden(`A ${type} is for a vet to add.`)
  const { species, today } = bedside as Bedside
  requireDetails(type, details)
  requireBegun(occurredOn, today)
  requirePlausible({ type, species, occurredOn, details } as Findings, confirmUnusual)

  const key = await dataKeys.createDataKey(tx, 'pet-clinical', petId)
  const of = { id: randomUUIDv7(), version: 1 }
  const content = sealContent(key, 'medical_records', of, { description, details })
  const kept = sealContent(key, 'medical_record_versions', of, { description, details })
  const [, , row] = await Promise.all([
    insertRecord(tx, {
      id: of.id,
      petId,
      type,
      occurredOn,
      content,
      source: sourceOf(access),
      authorId: actor.accountId,
    }),
    insertVersion(tx, {
      ...of,
      occurredOn,
      content: kept,
      status: 'current',
      reason: null,
      changedBy: actor.accountId,
    }),
    findRecord(tx, petId, of.id),
  ])
  const added = openRecord(key, row as RecordRow)
  await keepWeight(tx, key, null, added)
  recordEvent(tx, actor, 'medical-record.added', {
    resource: { type: 'medical-record', id: added.id },
    petId,
    recordIds: [added.id],
    payload: { version: 1, contentHash: contentHash(content) },
    purpose: access.purpose,
  })
  return added
}
