import type { Registration } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import { tentatively } from '../../platform/database/course.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
import { hashPassword } from '../../platform/passwords/password-hash.ts'
import { requireGoodPassword } from '../../platform/passwords/password-rules.ts'
import { createAccount, findHolder, inviteIfUnclaimed } from '../accounts/lookup.ts'
import { mailLimits } from './limits.ts'
import { upsertChallenge } from './queries.ts'
import type { SignInContext } from './sign-in-context.ts'

/**
 * Opens an account for an owner. A known address gets the same answer after the same work: what was written is undone, and
 * its holder is told; of a client whom nobody has claimed yet, by the link to do so.
 * @throws Invalid 422 for a password that is guessed first
 * @throws TooManyTries 429
 */
export async function registerAccount(context: SignInContext, actor: Actor, registration: Registration): Promise<void> {
  const { db, keyring, attempts } = context
  const { email, name, phone = null, locale = 'en', password } = registration
  requireGoodPassword(password, { name, email }, '/body/password')
  const emailIndex = blindIndex(keyring, 'email', email)
  await attempts.take(mailLimits('registration', emailIndex.toString('base64url'), actor.request.address))
  const passwordHash = await hashPassword(password)
  await transact(db, async (tx) => {
    const open = async () => {
      const id = await createAccount(tx, context, { name, email, phone, locale, roles: ['owner'], passwordHash })
      await upsertChallenge(tx, 'email-verification', emailIndex)
      return id
    }
    const opened = await tentatively(tx, open, (id) => id !== null)
    const holder = await findHolder(tx, emailIndex)
    const resource = holder === undefined ? {} : { resource: { type: 'account', id: holder } }
    // Asked whoever it is, so that a known address is as much work as an unknown one.
    const isInvited = await inviteIfUnclaimed(tx, context, actor, email)
    if (opened !== null) record(tx, actor, 'account.registered', resource)
    else if (!isInvited) record(tx, actor, 'registration.attempted', { ...resource, outcome: 'failed' })
  })
}
