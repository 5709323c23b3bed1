import sql from 'sql-template-tag'
import type { Role } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/database/database.ts'

/** @throws DatabaseError of the constraint `an_admin_remains` */
export async function updateRoles(tx: Tx, accountId: string, roles: readonly Role[]): Promise<void> {
  await tx.rows(sql`update accounts set roles = ${roles}, updated_at = clock_now() where id = ${accountId}`)
}

/** @throws DatabaseError of the constraint `an_admin_remains` */
export async function setDisabled(tx: Tx, accountId: string, isDisabled: boolean): Promise<void> {
  await tx.rows(sql`
    update accounts set disabled_at = case when ${isDisabled} then clock_now() end, updated_at = clock_now()
     where id = ${accountId}`)
}

/** Takes everything of the person out of an account. */
export async function eraseAccountRows(tx: Tx, accountId: string): Promise<void> {
  await Promise.all([
    tx.rows(sql`
      update accounts
         set name = 'Former client', password_hash = null, roles = '{owner}', locale = 'en',
             disabled_at = coalesce(disabled_at, clock_now()), erased_at = clock_now(), updated_at = clock_now()
       where id = ${accountId}`),
    tx.rows(sql`delete from account_contacts where account_id = ${accountId}`),
    tx.rows(sql`delete from account_invitations where account_id = ${accountId}`),
    tx.rows(sql`delete from notification_settings where account_id = ${accountId}`),
    tx.rows(sql`delete from switched_off_messages where account_id = ${accountId}`),
  ])
}
