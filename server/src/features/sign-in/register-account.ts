import type { Registration } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database.ts'
import { record } from '../../platform/event-log.ts'
import { hashPassword } from '../../platform/password-hash.ts'
import { createAccount } from '../accounts/lookup.ts'

class AddressKnown extends Error {}

/** Opens an account for an owner. A known address gets the same answer after the same work, and nothing changes. */
export async function registerAccount(context: Context, actor: Actor, registration: Registration): Promise<void> {
  const { email, name, phone = null, locale = 'en' } = registration
  const passwordHash = await hashPassword(registration.password)
  try {
    await transact(context.db, async (tx) => {
      const id = await createAccount(tx, context, { name, email, phone, locale, roles: ['owner'], passwordHash })
      if (id === null) throw new AddressKnown()
      record(tx, actor, 'account.registered', { resource: { type: 'account', id } })
    })
  } catch (error) {
    if (!(error instanceof AddressKnown)) throw error
    await context.trail.append(actor, 'account.registered', { outcome: 'failed' })
  }
}
