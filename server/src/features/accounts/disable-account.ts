import type { ManagedAccount } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { endSessionsOf } from '../sessions/lookup.ts'
import { lastAdmin } from './errors.ts'
import { accountToManage } from './managed-account.ts'
import { setDisabled } from './queries/people.ts'

/**
 * Ends an account's sessions and keeps it from signing in. Disabling twice is disabling once.
 * @throws NotFound, Forbidden for one's own account, AppError 409 `account.last-admin`
 */
export async function disableAccount(
  tx: Tx,
  context: Context,
  actor: Person,
  accountId: string,
): Promise<ManagedAccount> {
  const before = await accountToManage(tx, context, actor, accountId)
  if (before.status === 'disabled') return before
  await setDisabled(tx, before.id, true).catch(lastAdmin)
  await endSessionsOf(tx, before.id, 'account-disabled', null)
  record(tx, actor, 'account.disabled', {
    resource: { type: 'account', id: before.id },
    payload: { before: before.status, after: 'disabled' },
  })
  return { ...before, status: 'disabled' }
}
