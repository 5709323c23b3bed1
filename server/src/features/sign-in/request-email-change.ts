import { randomUUIDv7 } from 'node:crypto'
import type { EmailChange } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { holdPassword, openContact } from '../accounts/lookup.ts'
import { confirmPassword, incorrectPassword } from './confirm-password.ts'
import { sealAddresses } from './email-change-addresses.ts'
import { mailLimits } from './limits.ts'
import { upsertEmailChange } from './queries.ts'
import type { SignInContext } from './sign-in-context.ts'

/**
 * Asks for another address; nothing changes before it has been confirmed. An address that another account has is answered
 * like any other, and not mailed.
 * @throws Invalid 422 `password.incorrect`
 * @throws TooManyTries 429
 */
export async function requestEmailChange(context: SignInContext, actor: Person, change: EmailChange): Promise<null> {
  const { db, attempts } = context
  const account = await confirmPassword(context, actor, change.currentPassword)
  await attempts.take(mailLimits('email-change', account.id, actor.request.address))
  const from = (await openContact(db, context, account))?.email ?? null
  await transact(db, async (tx) => {
    // A change of the password drops what it finds: nothing may be asked for behind its back.
    if (!(await holdPassword(tx, account.id, account.passwordHash))) throw incorrectPassword()
    const id = randomUUIDv7()
    const addresses = await sealAddresses(tx, context, account.id, id, { from, to: change.email })
    await upsertEmailChange(tx, { id, accountId: account.id, addresses })
    record(tx, actor, 'email-change.requested', { resource: { type: 'account', id: account.id } })
  })
  return null
}
