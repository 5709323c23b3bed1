import type { MedicalRecord, RecordDocument } from '@petra/contract'
import { type PartlyWritten, writtenFields } from '../../platform/http/written-page.ts'
import type { DataKey } from '../../platform/keys/data-key.ts'
import { openName } from './document-name.ts'
import { type DocumentJson, toDocumentRows } from './queries/documents.ts'
import type { RecordRow } from './queries/records.ts'
import { type Content, openContent, openWrittenContent } from './sealed-content.ts'

type Hanging = Pick<MedicalRecord, 'documents' | 'addendumIds' | 'signedAt'>

/** What of a record is not sealed, and does not hang on it. */
export type Unsealed = Omit<MedicalRecord, keyof Content | keyof Hanging>

const NOTHING: Hanging = { documents: [], addendumIds: [], signedAt: null }
const NOTHING_WRITTEN = writtenFields(NOTHING)

/**
 * The record as its readers see it.
 * @throws DamagedRecord when its content does not open
 */
export function openRecord(key: DataKey | undefined, row: RecordRow): MedicalRecord {
  return { ...unsealed(row), ...(hangingOn(key, row) ?? NOTHING), ...openContent(key, 'medical_records', row) }
}

/**
 * The same for an answer: what was sealed, and what the database wrote, is passed on as it is.
 * @throws DamagedRecord when its content does not open
 */
export function openForPage(key: DataKey | undefined, row: RecordRow): PartlyWritten {
  const hanging = hangingOn(key, row)
  return {
    fields: [row.fields, hanging ? writtenFields(hanging) : NOTHING_WRITTEN],
    object: openWrittenContent(key, 'medical_records', row),
  }
}

export function unsealed({ fields }: RecordRow): Unsealed {
  return JSON.parse(`{${fields.slice(0, -1)}}`)
}

function hangingOn(key: DataKey | undefined, { id, attached }: RecordRow): Hanging | undefined {
  if (!attached) return undefined
  const { petId, documents, addendumIds, signedAt } = attached
  return { documents: openDocuments(key, petId, id, documents), addendumIds, signedAt }
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
