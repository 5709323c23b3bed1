import sql from 'sql-template-tag'
import type { Statement } from '../database/statement.ts'
import type { DataKeyPurpose } from './data-key-rows.ts'

/** Destroys a subject's key: its row stays, so that no other is made, without the key. */
export function destroyDataKeyRow(purpose: DataKeyPurpose, subjectId: string): Statement {
  return sql`
    update vault.data_keys set wrapped = null, destroyed_at = clock_now()
     where purpose = ${purpose} and subject_id = ${subjectId} and wrapped is not null
    returning id, subject_id, destroyed_at`
}

/** The same for many, as of then. */
export function destroyDataKeyRows(keys: readonly { keyId: string; destroyedAt: string }[]): Statement {
  return sql`
    update vault.data_keys k set wrapped = null, destroyed_at = d.destroyed_at
      from unnest(${keys.map(({ keyId }) => keyId)}::uuid[], ${keys.map(({ destroyedAt }) => destroyedAt)}::timestamptz[])
           as d (id, destroyed_at)
     where k.id = d.id and k.wrapped is not null`
}

export function deleteDocumentKeysUnder(keyIds: readonly string[]): Statement {
  return sql`delete from vault.document_keys where pet_key_id = any (${keyIds}::uuid[])`
}

/** Which of these keys can still be opened. */
export function selectKeysThatAreThere(keyIds: readonly string[]): Statement {
  return sql`select id from vault.data_keys where id = any (${keyIds}::uuid[]) and wrapped is not null`
}

export function insertReceipts(receipts: readonly { keyId: string; receipt: string }[]): Statement {
  return sql`
    insert into vault.destruction_receipts (key_id, receipt)
    select * from unnest(${receipts.map(({ keyId }) => keyId)}::uuid[], ${receipts.map(({ receipt }) => receipt)}::text[])
    on conflict (key_id) do nothing`
}

/** Of one subject, or of all. */
export function selectReceipts(subjectId: string | null): Statement {
  return sql`
    select r.receipt from vault.destruction_receipts r join vault.data_keys k on k.id = r.key_id
     where ${subjectId}::uuid is null or k.subject_id = ${subjectId}
     order by k.destroyed_at`
}
