import type { PasswordReset } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { hashPassword } from '../../platform/passwords/password-hash.ts'
import { requireGoodPassword } from '../../platform/passwords/password-rules.ts'
import { findAccountByEmail, markEmailVerified, openContact, setPassword } from '../accounts/lookup.ts'
import { endSessionsOf } from '../sessions/lookup.ts'
import { proveChallenge, rejected } from './prove-challenge.ts'
import { dropEmailChange, useChallenge } from './queries.ts'
import type { SignInContext } from './sign-in-context.ts'

/**
 * Sets a new password for whoever reads the account's mail, which also confirms the address, ends every session and drops the
 * change of address that waits for its link: whoever asked for it knew the old password.
 * @throws AppError 422 for a link or code that is not valid, or no longer
 * @throws Invalid 422 for a password that is guessed first; the link stays good
 */
export async function resetPassword(context: SignInContext, actor: Actor, reset: PasswordReset): Promise<null> {
  const { db } = context
  const { newPassword, ...proof } = reset
  const { id, emailIndex } = await proveChallenge(context, actor, 'password-reset', proof)
  const account = await findAccountByEmail(db, emailIndex)
  if (!account || account.disabled) throw rejected(proof)
  const email = (await openContact(db, context, account))?.email ?? null
  requireGoodPassword(newPassword, { name: account.name, email }, '/body/newPassword')
  const passwordHash = await hashPassword(newPassword)
  await transact(db, async (tx) => {
    const isUsed = await useChallenge(tx, id)
    const holder = await markEmailVerified(tx, emailIndex)
    if (!isUsed || holder !== account.id) throw rejected(proof)
    await setPassword(tx, account.id, passwordHash)
    await endSessionsOf(tx, account.id, 'password-reset', null)
    await dropEmailChange(tx, account.id)
    record(tx, actor, 'password.changed', { resource: { type: 'account', id: account.id }, payload: { by: 'reset' } })
  })
  return null
}
