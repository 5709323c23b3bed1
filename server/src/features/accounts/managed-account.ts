import type { AccountStatus, ManagedAccount } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { type Contact, openContact } from './contact.ts'
import { type AccountRow, findAccount, lockAccount } from './queries.ts'

/**
 * The account as admins see it.
 * @throws NotFound when there is none, or none any more
 */
export async function managedAccount(db: Queryable, context: Context, accountId: string): Promise<ManagedAccount> {
  return managed(db, context, await findAccount(db, accountId))
}

/**
 * The same, locked for a change by an admin.
 * @throws NotFound; Forbidden for one's own account: nobody raises their own roles, or locks themselves out by mistake
 */
export async function accountToManage(
  tx: Tx,
  context: Context,
  actor: Person,
  accountId: string,
): Promise<ManagedAccount> {
  const account = await managed(tx, context, await lockAccount(tx, accountId))
  if (account.id === actor.accountId) throw new Forbidden('Your own account is for another admin to change.')
  return account
}

export function toManagedAccount(row: AccountRow, contact: Contact): ManagedAccount {
  const { id, name, roles, createdAt } = row
  return { id, name, ...contact, roles, status: statusOf(row), createdAt }
}

async function managed(db: Queryable, context: Context, row: AccountRow | undefined): Promise<ManagedAccount> {
  const contact = row && (await openContact(db, context, row))
  if (!contact) throw new NotFound()
  return toManagedAccount(row, contact)
}

function statusOf({ disabled, passwordHash }: AccountRow): AccountStatus {
  if (disabled) return 'disabled'
  return passwordHash === null ? 'unclaimed' : 'active'
}
