import sql from 'sql-template-tag'
import type { Statement } from '../database/statement.ts'

export interface NewDocumentKey {
  readonly id: string
  readonly documentId: string
  readonly petKeyId: string
  readonly blob: string
  readonly wrapped: Buffer
}

export interface DocumentKeyRow {
  readonly id: string
  readonly wrapped: Buffer
  readonly is_committed: boolean
}

/** Whether the key is committed is known as in `selectDataKeys`. */
export function selectDocumentKey(documentId: string): Statement {
  return {
    name: 'select_document_key',
    text: `select id, wrapped, pg_current_xact_id_if_assigned() is null as is_committed
      from vault.document_keys
      where document_id = $1`,
    values: [documentId],
  }
}

export function insertDocumentKey({ id, documentId, petKeyId, blob, wrapped }: NewDocumentKey): Statement {
  return sql`
    insert into vault.document_keys (document_id, id, pet_key_id, blob, wrapped)
    values (${documentId}, ${id}, ${petKeyId}, ${blob}, ${wrapped})`
}

/** A trigger queues the blob. */
export function deleteDocumentKey(documentId: string): Statement {
  return sql`delete from vault.document_keys where document_id = ${documentId}`
}

/** All that a pet's key has wrapped; triggers queue the blobs. */
export function deleteDocumentKeysOf(petId: string): Statement {
  return sql`
    delete from vault.document_keys
     where pet_key_id = (select id from vault.data_keys where purpose = 'pet-clinical' and subject_id = ${petId})
    returning document_id`
}
