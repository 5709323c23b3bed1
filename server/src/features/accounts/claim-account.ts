import type { AccountClaim } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
import { readLinkToken } from '../../platform/link-token.ts'
import { hashPassword } from '../../platform/passwords/password-hash.ts'
import { requireGoodPassword } from '../../platform/passwords/password-rules.ts'
import { openContact } from './contact.ts'
import { findInvited, takeInvitation } from './queries/invitations.ts'
import { findAccount, markEmailVerified } from './queries.ts'

/**
 * Sets the first password of an account, for whoever holds the mailed link. The hash is made for good links only.
 * @throws AppError 422 `auth.link-rejected`, Invalid 422 for a password that is guessed first
 */
export async function claimAccount(context: Context, actor: Actor, { token, password }: AccountClaim): Promise<null> {
  const { db, keyring } = context
  const invitationId = readLinkToken(keyring, 'account-claim', token)
  const accountId = invitationId === null ? undefined : await findInvited(db, invitationId)
  if (invitationId === null || accountId === undefined) throw new AppError('auth.link-rejected')
  const account = await findAccount(db, accountId)
  const email = (account && (await openContact(db, context, account))?.email) ?? null
  requireGoodPassword(password, { name: account?.name ?? '', email }, '/body/password')
  const passwordHash = await hashPassword(password)
  await transact(db, async (tx) => {
    if (!(await takeInvitation(tx, invitationId, passwordHash))) throw new AppError('auth.link-rejected')
    // The link went to this address.
    if (email !== null) await markEmailVerified(tx, blindIndex(keyring, 'email', email))
    record(tx, actor, 'account.claimed', { resource: { type: 'account', id: accountId } })
  })
  return null
}
