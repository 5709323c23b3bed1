import { randomUUIDv7 } from 'node:crypto'
import sql from 'sql-template-tag'
import { createAccount } from '../features/accounts/create-account.ts'
import { createLocation } from '../features/catalogue/create-location.ts'
import { createProvider } from '../features/catalogue/create-provider.ts'
import { createResource } from '../features/catalogue/create-resource.ts'
import { createService } from '../features/catalogue/create-service.ts'
import { setWorkingHours } from '../features/catalogue/set-working-hours.ts'
import { insertPet } from '../features/pets/queries.ts'
import { type Role, system } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { type Tx, transact } from '../platform/database/database.ts'
import { record } from '../platform/events/event-log.ts'
import { hashPassword } from '../platform/passwords/password-hash.ts'
import { clients, locations, password, services, staff } from './cast.ts'

/** Any number: two processes that start at once agree on it. */
const DEMO_LOCK = 0x6465_6d6f

/** Loads the demo company into an empty database, once: all of it in one transaction, or nothing. */
export async function loadDemo(context: Context): Promise<void> {
  await transact(context.db, async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(${DEMO_LOCK})`)
    const taken = await tx.row(sql`select from accounts limit 1`)
    if (!taken) await loadCompany(tx, context, await hashPassword(password))
  })
}

async function loadCompany(tx: Tx, context: Context, passwordHash: string): Promise<void> {
  const account = async (name: string, email: string, ...roles: Role[]) => {
    const id = (await createAccount(tx, context, {
      name,
      email,
      phone: null,
      roles,
      locale: 'en',
      passwordHash,
    })) as string
    record(tx, system, 'account.created', { resource: { type: 'account', id } })
    return id
  }
  for (const service of services) await createService(tx, system, service)
  const locationIds = new Map<string, string>()
  for (const { resources, ...location } of locations) {
    const { id } = await createLocation(tx, system, location)
    locationIds.set(location.name, id)
    for (const resource of resources) await createResource(tx, system, id, resource)
  }
  for (const { name, email, roles, provides, at } of staff) {
    const accountId = await account(name, email, ...roles)
    if (!provides) continue
    const locationId = locationIds.get(at) as string
    const { id } = await createProvider(tx, system, { accountId, services: [...provides], locationIds: [locationId] })
    const weekly = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }))
    await setWorkingHours(tx, system, id, { locationId, weekly }, () => {})
  }
  for (const { name, email, pets } of clients) {
    const ownerId = await account(name, email)
    for (const pet of pets) {
      const { id } = await insertPet(tx, randomUUIDv7(), ownerId, pet)
      record(tx, system, 'pet.created', { resource: { type: 'pet', id }, petId: id })
    }
  }
  await tx.rows(sql`update account_contacts set email_verified_at = clock_now()`)
}
