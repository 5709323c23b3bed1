import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { readLinkToken } from '../../platform/link-token.ts'
import { replaceEmail } from '../accounts/lookup.ts'
import { openAddresses } from './email-change-addresses.ts'
import { completeEmailChange } from './queries.ts'
import type { SignInContext } from './sign-in-context.ts'

/**
 * Replaces an account's address by the one that the link was mailed to.
 * @throws AppError 422 `auth.link-rejected` for a link that is not valid, or no longer
 * @throws Conflict when another account has the address by now
 */
export async function confirmEmailChange(
  tx: Tx,
  context: SignInContext,
  actor: Actor,
  { token }: { token: string },
): Promise<null> {
  const id = readLinkToken(context.keyring, 'email-change', token)
  const change = id === null ? undefined : await completeEmailChange(tx, id)
  if (!change) throw new AppError('auth.link-rejected')
  const { to } = await openAddresses(tx, context, change)
  await replaceEmail(tx, context, change.accountId, to)
  record(tx, actor, 'email.changed', { resource: { type: 'account', id: change.accountId } })
  return null
}
