import type { AccountStatus, Role } from '@petra/contract'
import sql, { join, type Sql } from 'sql-template-tag'
import type { Queryable } from '../../../platform/database/database.ts'
import { type AccountRow, accountColumns } from '../queries.ts'

/** Each narrows the list; null leaves it as it is. */
export interface AccountFilter {
  /** A part of a name, or a whole address or number by its blind index. */
  readonly text: string | null
  readonly emailIndex: Buffer | null
  readonly phoneIndex: Buffer | null
  readonly addressIndex: Buffer | null
  readonly role: Role | null
  readonly status: AccountStatus | null
}

/** Accounts by name, from the one after `after` on. */
export function searchAccounts(
  db: Queryable,
  filter: AccountFilter,
  after: string | null,
  limit: number,
): Promise<AccountRow[]> {
  return db.rows(sql`
    select ${accountColumns}
      from accounts a join account_contacts c on c.account_id = a.id
     where ${join(conditions(filter), ' and ')}
       and (${after}::uuid is null or (a.name, a.id) > (select name, id from accounts where id = ${after}))
     order by a.name, a.id
     limit ${limit}`)
}

function conditions({ text, emailIndex, phoneIndex, addressIndex, role, status }: AccountFilter): Sql[] {
  return [
    sql`true`,
    ...(text === null ? [] : [sql`a.id in (${found(text, emailIndex, phoneIndex, addressIndex)})`]),
    ...(role === null ? [] : [sql`a.roles @> array[${role}]::text[]`]),
    ...(status === null ? [] : [ofStatus[status]]),
  ]
}

/** The ids are found first, each by its own index. */
function found(text: string, emailIndex: Buffer | null, phoneIndex: Buffer | null, addressIndex: Buffer | null): Sql {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql`
    select id from accounts where name ilike ${pattern}
     union all
    select account_id from account_contacts where email_index = ${emailIndex}
     union all
    select account_id from account_contacts where phone_index = ${phoneIndex}
     union all
    select account_id from account_contacts where address_index = ${addressIndex}`
}

const ofStatus: Record<AccountStatus, Sql> = {
  active: sql`a.disabled_at is null and a.password_hash is not null`,
  unclaimed: sql`a.disabled_at is null and a.password_hash is null`,
  disabled: sql`a.disabled_at is not null`,
}
