import sql from 'sql-template-tag'
import type { Statement } from '../database/statement.ts'

/** Keeps a file whose key still stands, and its pet's; answers with nothing where it does not. */
export function insertStoredFile(file: { id: string; mediaType: string; bytes: number }): Statement {
  return sql`
    insert into stored_files (id, media_type, bytes)
    select k.document_id, ${file.mediaType}, ${file.bytes}
      from vault.document_keys k join vault.data_keys of_pet on of_pet.id = k.pet_key_id
     where k.document_id = ${file.id} and of_pet.wrapped is not null
    returning id`
}

/** Destroys the key of a file unless that was kept; a trigger queues its blob. */
export function deleteOrphanedKey(id: string): Statement {
  return sql`
    delete from vault.document_keys k
     where k.document_id = ${id} and not exists (select from stored_files f where f.id = k.document_id)`
}

/** Destroys the keys of uploads that began over an hour ago and never came to an end; a trigger queues their blobs. */
export function deleteOrphanedKeys(): Statement {
  return sql`
    delete from vault.document_keys k
     where k.created_at < clock_now() - interval '1 hour'
       and not exists (select from stored_files f where f.id = k.document_id)`
}

export function selectBlobsToDelete(most: number): Statement {
  return sql`select blob from blobs_to_delete order by queued_at limit ${most}`
}

export function deleteQueuedBlobs(blobs: readonly string[]): Statement {
  return sql`delete from blobs_to_delete where blob = any (${blobs}::text[])`
}
