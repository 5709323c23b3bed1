import sql from 'sql-template-tag'
import type { Statement } from '../database/statement.ts'
import type { DataKeyPurpose } from './data-key-rows.ts'

export interface RewrapRow {
  readonly id: string
  readonly subject_id: string
  readonly purpose: DataKeyPurpose
  readonly kek_id: string
  readonly wrapped: Buffer
}

export function countDataKeysByKek(): Statement {
  return sql`select kek_id, count(*)::int as keys from vault.data_keys where wrapped is not null group by kek_id`
}

/** The next data keys that another key-encryption key wraps than this. */
export function selectToRewrap(kekId: string, after: string | null, limit: number): Statement {
  return {
    name: 'select_to_rewrap',
    text: `select id, subject_id, purpose, kek_id, wrapped from vault.data_keys
            where id > coalesce($2, '00000000-0000-0000-0000-000000000000'::uuid) and kek_id <> $1 and wrapped is not null
            order by id
            limit $3`,
    values: [kekId, after, limit],
  }
}

/** Puts the new wrapping in the place of the one that was read, and of no other. */
export function replaceWrapped(
  keys: readonly { id: string; before: Buffer; kekId: string; wrapped: Buffer }[],
): Statement {
  return sql`
    update vault.data_keys k set kek_id = anew.kek_id, wrapped = anew.wrapped
      from unnest(
        ${keys.map(({ id }) => id)}::uuid[],
        ${keys.map(({ before }) => before)}::bytea[],
        ${keys.map(({ kekId }) => kekId)}::text[],
        ${keys.map(({ wrapped }) => wrapped)}::bytea[]
      ) as anew (id, before, kek_id, wrapped)
     where k.id = anew.id and k.wrapped = anew.before
    returning k.id`
}
