import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** Invites to claim an account for 7 days from now. One that is open keeps its link, so that every mail that was sent opens. */
export async function insertInvitation(tx: Tx, accountId: string): Promise<void> {
  await tx.rows(sql`
    insert into account_invitations as open (account_id) values (${accountId})
    on conflict (account_id) do update
       set id = case when open.expires_at > clock_now() then open.id else excluded.id end, expires_at = excluded.expires_at`)
}

/** The invitation to an account that can still be claimed, if there is one. */
export function findInvitation(
  db: Queryable,
  accountId: string,
): Promise<{ id: string; name: string; expiresAt: string } | undefined> {
  return db.row(sql`
    select i.id, a.name, i.expires_at as "expiresAt"
      from account_invitations i join accounts a on a.id = i.account_id
     where i.account_id = ${accountId} and i.expires_at > clock_now() and a.password_hash is null and a.disabled_at is null`)
}

/** The account that an invitation, still open, lets its holder claim. */
export async function findInvited(db: Queryable, invitationId: string): Promise<string | undefined> {
  const row = await db.row<{ accountId: string }>(sql`
    select account_id as "accountId" from account_invitations where id = ${invitationId} and expires_at > clock_now()`)
  return row?.accountId
}

/** Uses an invitation up and sets the account's first password. @returns false when it is not open, or not any more */
export async function takeInvitation(tx: Tx, invitationId: string, passwordHash: string): Promise<boolean> {
  const claimed = await tx.row(sql`
    with taken as (
      delete from account_invitations where id = ${invitationId} and expires_at > clock_now() returning account_id
    )
    update accounts a set password_hash = ${passwordHash}, updated_at = clock_now()
      from taken
     where a.id = taken.account_id and a.password_hash is null and a.disabled_at is null
    returning a.id`)
  return claimed !== undefined
}
