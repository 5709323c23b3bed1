import type { PasswordChange } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { hashPassword } from '../../platform/passwords/password-hash.ts'
import { requireGoodPassword } from '../../platform/passwords/password-rules.ts'
import { openContact, replacePassword } from '../accounts/lookup.ts'
import { endSessionsOf } from '../sessions/lookup.ts'
import { confirmPassword, incorrectPassword } from './confirm-password.ts'
import { dropEmailChange } from './queries.ts'
import type { SignInContext } from './sign-in-context.ts'

/**
 * Changes the caller's password, ends their other sessions and drops the change of address that waits for its link.
 * @throws Invalid 422 `password.incorrect`, or for a new password that is guessed first
 * @throws TooManyTries 429
 */
export async function changePassword(context: SignInContext, actor: Person, change: PasswordChange): Promise<null> {
  const { db } = context
  const account = await confirmPassword(context, actor, change.currentPassword)
  const email = (await openContact(db, context, account))?.email ?? null
  requireGoodPassword(change.newPassword, { name: account.name, email }, '/body/newPassword')
  const passwordHash = await hashPassword(change.newPassword)
  await transact(db, async (tx) => {
    if (!(await replacePassword(tx, account.id, passwordHash, account.passwordHash))) throw incorrectPassword()
    await endSessionsOf(tx, account.id, 'password-changed', actor.sessionId)
    await dropEmailChange(tx, account.id)
    const resource = { type: 'account', id: account.id }
    record(tx, actor, 'password.changed', { resource, payload: { by: 'current-password' } })
  })
  return null
}
