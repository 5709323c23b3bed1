import type { MedicalRecord, RecordDocument } from '@petra/contract'
import type { PartlyWritten } from '../../platform/http/written-page.ts'
import type { DataKey } from '../../platform/keys/data-key.ts'
import { openName } from './document-name.ts'
import { type DocumentJson, toDocumentRows } from './queries/documents.ts'
import type { RecordRow } from './queries/records.ts'
import { type Content, openContent, openWrittenContent } from './sealed-content.ts'

/**
 * The record as its readers see it.
 * @throws DamagedRecord when its content does not open
 */
export function openRecord(key: DataKey | undefined, row: RecordRow): MedicalRecord {
  return { ...aroundContent(key, row), ...openContent(key, 'medical_records', row) }
}

/**
 * The same for an answer: its content is passed on as it was sealed.
 * @throws DamagedRecord when its content does not open
 */
export function openForPage(key: DataKey | undefined, row: RecordRow): PartlyWritten {
  return { known: aroundContent(key, row), written: openWrittenContent(key, 'medical_records', row) }
}

function aroundContent(key: DataKey | undefined, row: RecordRow): Omit<MedicalRecord, keyof Content> {
  return {
    id: row.id,
    petId: row.petId,
    type: row.type,
    occurredOn: row.occurredOn,
    documents: openDocuments(key, row.petId, row.id, row.attached?.documents ?? null),
    source: row.source,
    verifiedBy: row.verifierId === null ? null : { id: row.verifierId, name: row.verifierName as string },
    author: { id: row.authorId, name: row.authorName },
    appointmentId: row.appointmentId,
    addendumTo: row.addendumTo,
    addendumIds: row.attached?.addendumIds ?? [],
    signedAt: row.attached?.signedAt ?? null,
    locksAt: row.locksAt,
    status: row.status,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}

/**
 * The documents of a record, with the names they came under.
 * @throws DamagedRecord when a name does not open
 */
export function openDocuments(
  key: DataKey | undefined,
  petId: string,
  recordId: string,
  documents: readonly DocumentJson[] | null,
): RecordDocument[] {
  return toDocumentRows(documents).map((row) => ({
    id: row.id,
    name: openName(key, recordId, row),
    mediaType: row.mediaType,
    bytes: row.bytes,
    url: documentUrl(petId, recordId, row.id),
  }))
}

export function documentUrl(petId: string, recordId: string, documentId: string): string {
  return `/pets/${petId}/medical-records/${recordId}/documents/${documentId}`
}
