import type { Client, ClientInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { noContact } from './contact.ts'
import { createAccount } from './create-account.ts'
import { invite } from './invite.ts'
import { type AccountRow, findAccount, toClient } from './queries.ts'

/**
 * Adds a client who cannot sign in yet; one with an address is invited to claim the account.
 * @throws Conflict when the e-mail address is known; the front desk may know that it is
 */
export async function createOwner(tx: Tx, context: Context, actor: Actor, input: ClientInput): Promise<Client> {
  const { name, email = null, phone = null } = input
  const id = await createAccount(tx, context, {
    name,
    email,
    phone,
    locale: 'en',
    roles: ['owner'],
    passwordHash: null,
  })
  if (id === null) throw new Conflict('An account with this e-mail address is known already.')
  record(tx, actor, 'owner.created', { resource: { type: 'owner', id } })
  if (email !== null) await invite(tx, actor, id)
  return toClient((await findAccount(tx, id)) as AccountRow, { ...noContact, email, phone })
}
