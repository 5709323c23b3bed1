import sql from 'sql-template-tag'
import type { Statement } from '../database/statement.ts'

/** What a key seals, and whose: a pet's clinical content, an owner's contact. */
export type DataKeyPurpose = 'pet-clinical' | 'owner-personal'

export interface NewDataKey {
  readonly id: string
  readonly subjectId: string
  readonly kekId: string
  readonly wrapped: Buffer
}

export interface DataKeyRow {
  readonly id: string
  readonly subject_id: string
  readonly kek_id: string
  readonly wrapped: Buffer
  readonly is_committed: boolean
}

/**
 * The keys that were not destroyed.
 * A transaction that has written nothing yet sees committed rows only; what another one sees may still be rolled back.
 */
export function selectDataKeys(purpose: DataKeyPurpose, subjectIds: readonly string[]): Statement {
  return {
    name: 'select_data_keys',
    text: `select id, subject_id, kek_id, wrapped, pg_current_xact_id_if_assigned() is null as is_committed
      from vault.data_keys
      where purpose = $1 and subject_id = any ($2::uuid[]) and wrapped is not null`,
    values: [purpose, subjectIds],
  }
}

/** Inserts those whose subject has no key of this purpose, and answers with their ids. */
export function insertDataKeys(purpose: DataKeyPurpose, keys: readonly NewDataKey[]): Statement {
  return sql`
    insert into vault.data_keys (id, subject_id, purpose, kek_id, wrapped)
    select fresh.id, fresh.subject_id, ${purpose}, fresh.kek_id, fresh.wrapped
    from unnest(
      ${keys.map(({ id }) => id)}::uuid[],
      ${keys.map(({ subjectId }) => subjectId)}::uuid[],
      ${keys.map(({ kekId }) => kekId)}::text[],
      ${keys.map(({ wrapped }) => wrapped)}::bytea[]
    ) as fresh (id, subject_id, kek_id, wrapped)
    on conflict (subject_id, purpose) do nothing
    returning id`
}

/** The key-encryption keys of the oldest and the newest data key: whoever has both has all, unless a keyring was taken apart. */
export function selectOldestAndNewestKek(): Statement {
  return sql`
    (select kek_id from vault.data_keys where wrapped is not null order by id limit 1)
     union
    (select kek_id from vault.data_keys where wrapped is not null order by id desc limit 1)`
}
