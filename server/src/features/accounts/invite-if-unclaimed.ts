import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
import { invite } from './invite.ts'
import { findAccountByEmail } from './queries.ts'

/**
 * Sends the link to claim the account with this address, when staff made it and nobody has claimed it yet: for whoever
 * registers with an address that the company knows already.
 * @returns whether there was such an account
 */
export async function inviteIfUnclaimed(
  tx: Tx,
  { keyring }: Pick<Context, 'keyring'>,
  actor: Actor,
  email: string,
): Promise<boolean> {
  const account = await findAccountByEmail(tx, blindIndex(keyring, 'email', email))
  if (!account || account.passwordHash !== null || account.disabled) return false
  await invite(tx, actor, account.id)
  return true
}
