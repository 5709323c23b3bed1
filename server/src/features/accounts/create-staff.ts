import type { Account, StaffInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { hashPassword } from '../../platform/passwords/password-hash.ts'
import { requireGoodPassword } from '../../platform/passwords/password-rules.ts'
import { noContact } from './contact.ts'
import { createAccount } from './create-account.ts'
import { invite } from './invite.ts'
import { type AccountRow, findAccount, toAccount } from './queries.ts'

/**
 * Opens an account with staff roles. With a password it can be signed in to at once; without one they are invited to set it.
 * @throws Invalid 422 for a password that is guessed first
 * @throws Conflict when the e-mail address is known
 */
export async function createStaff(tx: Tx, context: Context, actor: Actor, input: StaffInput): Promise<Account> {
  const { email, name, roles, password } = input
  if (password !== undefined) requireGoodPassword(password, { name, email }, '/body/password')
  const passwordHash = password === undefined ? null : await hashPassword(password)
  const id = await createAccount(tx, context, { name, email, phone: null, locale: 'en', roles, passwordHash })
  if (id === null) throw new Conflict('An account with this e-mail address is known already.')
  record(tx, actor, 'account.created', { resource: { type: 'account', id } })
  if (passwordHash === null) await invite(tx, actor, id)
  return toAccount((await findAccount(tx, id)) as AccountRow, { ...noContact, email })
}
