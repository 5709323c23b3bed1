import type { Client, ClientInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { record } from '../../platform/event-log.ts'
import { createAccount } from './create-account.ts'
import { type AccountRow, findAccount, toClient } from './queries.ts'

/**
 * Adds a client who cannot sign in yet.
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
  return toClient((await findAccount(tx, id)) as AccountRow, { email, phone })
}
