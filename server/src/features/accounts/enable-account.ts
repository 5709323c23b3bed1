import type { ManagedAccount } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { endSessionsOf } from '../sessions/lookup.ts'
import { accountToManage, managedAccount } from './managed-account.ts'
import { setDisabled } from './queries/people.ts'

/**
 * Lets a disabled account sign in again. Its sessions ended when it was disabled; one that a sign-in slipped in at that
 * moment ends now, so that none comes back to life.
 * @throws NotFound, Forbidden for one's own account, AppError 412 when stale
 */
export async function enableAccount(
  tx: Tx,
  context: Context,
  actor: Person,
  accountId: string,
  requireFresh: (current: ManagedAccount) => void,
): Promise<ManagedAccount> {
  const before = await accountToManage(tx, context, actor, accountId)
  requireFresh(before)
  if (before.status !== 'disabled') return before
  await endSessionsOf(tx, before.id, 'account-disabled', null)
  await setDisabled(tx, before.id, false)
  const after = await managedAccount(tx, context, before.id)
  record(tx, actor, 'account.enabled', {
    resource: { type: 'account', id: before.id },
    payload: { before: before.status, after: after.status },
  })
  return after
}
