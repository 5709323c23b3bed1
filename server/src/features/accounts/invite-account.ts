import type { ManagedAccount } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { invite } from './invite.ts'
import { accountToManage } from './managed-account.ts'

/**
 * Sends an invitation again.
 * @throws NotFound, Forbidden for one's own account, Conflict when there is nothing to claim or no address to mail to
 */
export async function inviteAccount(
  tx: Tx,
  context: Context,
  actor: Person,
  accountId: string,
): Promise<ManagedAccount> {
  const account = await accountToManage(tx, context, actor, accountId)
  if (account.status !== 'unclaimed') throw new Conflict(`This account cannot be claimed: it is ${account.status}.`)
  if (account.email === null) throw new Conflict('This account has no e-mail address to send an invitation to.')
  await invite(tx, actor, account.id)
  return account
}
