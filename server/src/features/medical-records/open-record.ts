import type { MedicalRecord } from '@petra/contract'
import type { DataKey } from '../../platform/data-key.ts'
import type { RecordRow } from './queries/records.ts'
import { openContent } from './sealed-content.ts'

/**
 * The record as its readers see it.
 * @throws DamagedRecord when its content does not open
 */
export function openRecord(key: DataKey | undefined, row: RecordRow): MedicalRecord {
  const { description, details } = openContent(key, 'medical_records', row)
  return {
    id: row.id,
    petId: row.petId,
    type: row.type,
    occurredOn: row.occurredOn,
    description,
    details,
    documents: [],
    source: row.source,
    verifiedBy: row.verifierId === null ? null : { id: row.verifierId, name: row.verifierName as string },
    author: { id: row.authorId, name: row.authorName },
    appointmentId: row.appointmentId,
    addendumTo: row.addendumTo,
    addendumIds: row.addendumIds,
    signedAt: row.signedAt,
    locksAt: row.locksAt,
    status: row.status,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}
