import { createAccount } from '../src/features/accounts/create-account.ts'
import type { Role } from '../src/platform/actor.ts'
import { transact } from '../src/platform/database/database.ts'
import type { House } from './setup.ts'

/** The cast. Their ids are account ids, but for the pets'. */
export interface World {
  readonly maya: string
  readonly noor: string
  readonly sam: string
  readonly tomas: string
  readonly drLind: string
  readonly drOkafor: string
  readonly ines: string
  readonly ada: string
  /** Maya's dog, whom Noor co-owns with the right to view. */
  readonly rex: string
  /** Sam's cat. */
  readonly mimi: string
  readonly newYork: string
  readonly london: string
  /** Provider ids. */
  readonly tomasAtWork: string
  readonly drLindAtWork: string
  readonly drOkaforAtWork: string
}

/** Fills an empty house: Maya owns Rex, Sam owns Mimi; Tomas grooms and Dr. Lind treats in New York, Dr. Okafor in London. */
export async function populate(house: House): Promise<World> {
  const maya = await addAccount(house, 'Maya')
  const noor = await addAccount(house, 'Noor')
  const sam = await addAccount(house, 'Sam')
  const tomas = await addAccount(house, 'Tomas', 'groomer')
  const drLind = await addAccount(house, 'Dr. Lind', 'veterinarian')
  const drOkafor = await addAccount(house, 'Dr. Okafor', 'veterinarian')
  const ines = await addAccount(house, 'Ines', 'receptionist')
  const ada = await addAccount(house, 'Ada', 'admin')

  const make = async (path: string, as: string, body: unknown): Promise<string> => {
    const answer = await house.call('POST', path, { as, body })
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body.id
  }
  const rex = await make('/pets', maya, { name: 'Rex', species: 'dog', birthDate: '2021-05-02', weightGrams: 18_400 })
  const mimi = await make('/pets', sam, { name: 'Mimi', species: 'cat' })
  await house.sql(`insert into ownerships (pet_id, owner_id, rights) values ($1, $2, '{view}')`, [rex, noor])

  const newYork = await make('/locations', ada, {
    name: 'Petra Midtown',
    timeZone: 'America/New_York',
    requiredVaccines: ['rabies'],
  })
  const london = await make('/locations', ada, {
    name: 'Petra Soho',
    timeZone: 'Europe/London',
    vaccinationPolicy: 'eu',
  })
  await make('/services', ada, {
    slug: 'grooming',
    name: 'Grooming',
    kind: 'grooming',
    durationMinutes: 60,
    stepMinutes: 30,
  })
  await make('/services', ada, {
    slug: 'wellness-exam',
    name: 'Wellness exam',
    kind: 'veterinary',
    durationMinutes: 30,
  })

  const provider = async (accountId: string, services: string[], locationId: string): Promise<string> => {
    const id = await make('/providers', ada, { accountId, services, locationIds: [locationId] })
    const weekly = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }))
    await house.call('PUT', `/providers/${id}/working-hours`, { as: ada, body: { locationId, weekly } })
    return id
  }
  return {
    maya,
    noor,
    sam,
    tomas,
    drLind,
    drOkafor,
    ines,
    ada,
    rex,
    mimi,
    newYork,
    london,
    tomasAtWork: await provider(tomas, ['grooming'], newYork),
    drLindAtWork: await provider(drLind, ['wellness-exam'], newYork),
    drOkaforAtWork: await provider(drOkafor, ['wellness-exam'], london),
  }
}

/** An account with these roles and an address made of its name, which is not signed in with a password. */
export function addAccount(house: House, name: string, ...roles: Role[]): Promise<string> {
  const email = `${name.toLowerCase().replace(/\W+/g, '-')}@example.test`
  const input = { name, email, phone: null, roles, locale: 'en', passwordHash: null }
  return transact(house.context.db, async (tx) => (await createAccount(tx, house.context, input)) as string)
}
