import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** A document as it is stored. */
export interface DocumentRow {
  readonly id: string
  readonly name: Buffer
  readonly mediaType: string
  readonly bytes: number
}

/** The documents of a record, oldest first, as JSON for a query over records `r`; null where there are none. */
export const documentsOfRecord = `
  case when r.has_documents then (select json_agg(json_build_object('id', d.id, 'name', encode(d.name, 'base64'), 'mediaType', f.media_type, 'bytes', f.bytes)
                   order by d.id)
     from medical_documents d join stored_files f on f.id = d.id
    where d.record_id = r.id) end`

/** The same, of those that a version `h` of the record had. */
export const documentsOfVersion = documentsOfRecord.replace('= r.id)', '= r.id and d.record_version <= h.version)')

/** A document as it comes out of `documentsOfRecord`. */
export type DocumentJson = Omit<DocumentRow, 'name'> & { readonly name: string }

export function toDocumentRows(documents: readonly DocumentJson[] | null): DocumentRow[] {
  return (documents ?? []).map((one) => ({ ...one, name: Buffer.from(one.name, 'base64') }))
}

/** A document of a record of this pet. */
export function findDocument(
  db: Queryable,
  petId: string,
  recordId: string,
  documentId: string,
): Promise<DocumentRow | undefined> {
  return db.row({
    name: 'find-document',
    text: `select d.id, d.name, f.media_type as "mediaType", f.bytes
             from medical_documents d
             join medical_records r on r.id = d.record_id
             join stored_files f on f.id = d.id
            where d.id = $3 and r.id = $2 and r.pet_id = $1`,
    values: [petId, recordId, documentId],
  })
}

export interface NewDocument {
  readonly id: string
  readonly recordId: string
  readonly recordVersion: number
  readonly name: Buffer
  readonly addedBy: string
}

export async function insertDocument(tx: Tx, document: NewDocument): Promise<void> {
  await tx.rows({
    text: `insert into medical_documents (id, record_id, record_version, name, added_by) values ($1, $2, $3, $4, $5)`,
    values: [document.id, document.recordId, document.recordVersion, document.name, document.addedBy],
  })
}
