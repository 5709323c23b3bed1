import { roles as allRoles, type ManagedAccount, type Role } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { lastAdmin } from './errors.ts'
import { accountToManage } from './managed-account.ts'
import { updateRoles } from './queries/people.ts'

/**
 * Gives an account these roles and no others.
 * @throws NotFound, Forbidden for one's own account, AppError 412 when stale, AppError 409 `account.last-admin`
 */
export async function setRoles(
  tx: Tx,
  context: Context,
  actor: Person,
  accountId: string,
  wanted: readonly Role[],
  requireFresh: (current: ManagedAccount) => void,
): Promise<ManagedAccount> {
  const before = await accountToManage(tx, context, actor, accountId)
  requireFresh(before)
  const roles = allRoles.filter((role) => role === 'owner' || wanted.includes(role))
  if (before.roles.length === roles.length && roles.every((role) => before.roles.includes(role))) return before
  await updateRoles(tx, before.id, roles).catch(lastAdmin)
  record(tx, actor, 'account.roles-changed', {
    resource: { type: 'account', id: before.id },
    payload: { before: before.roles, after: roles },
  })
  return { ...before, roles }
}
