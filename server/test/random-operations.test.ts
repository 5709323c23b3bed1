import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { openApp } from '../src/app.ts'
import { type Desk, everyDay, openDesk } from '../src/features/appointments/test-desk.ts'
import { openContext } from '../src/platform/context.ts'
import { assertSoundBooks } from './assert-sound-books.ts'
import { openClients } from './random-clients.ts'
import { seeded } from './seeded.ts'
import { type House, openHouse } from './setup.ts'

const SEED = Number(process.env.RACE_SEED ?? 7)
const OPERATIONS = Number(process.env.RACE_OPERATIONS ?? 2_000)
const CLIENTS = 50
const PETS = 60
/** Beside the house's own. */
const MORE_PROCESSES = 2

describe(`random operations of ${CLIENTS} clients (RACE_SEED=${SEED}, RACE_OPERATIONS=${OPERATIONS})`, () => {
  let house: House
  let desk: Desk
  const opened = new AsyncDisposableStack()

  before(async () => {
    house = opened.use(await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '12' }))
    desk = await openDesk(house)
  })
  after(() => opened.disposeAsync())

  it('leave the books sound, whichever of three APIs each asks', async (t) => {
    const location = await desk.make('/locations', { name: 'Petra Harlem', timeZone: 'America/New_York' })
    await desk.make('/services', { slug: 'trim', kind: 'grooming', durationMinutes: 30, stepMinutes: 30 })
    await desk.make('/services', {
      slug: 'spa',
      kind: 'grooming',
      durationMinutes: 60,
      stepMinutes: 30,
      bufferAfterMinutes: 15,
      resourceKinds: ['tub'],
    })
    for (const name of ['Tub 1', 'Tub 2']) await desk.make(`/locations/${location}/resources`, { name, kind: 'tub' })
    const providers = []
    for (const name of ['una', 'vic', 'wyn', 'xen']) providers.push(await addGroomer(name, location))
    const pets = await Promise.all(Array.from({ length: PETS }, (_, index) => desk.addPet(`Pet ${index}`)))
    const urls = [house.url]
    for (let more = 0; more < MORE_PROCESSES; more++) urls.push(await openAnother())

    const clients = openClients({
      urls,
      location,
      providers,
      pets,
      owner: await house.signIn(desk.world.maya),
      admin: await house.signIn(desk.world.ada),
    })
    const startedAt = performance.now()
    await Promise.all(
      Array.from({ length: CLIENTS }, (_, client) =>
        clients.work(seeded(SEED * CLIENTS + client), Math.ceil(OPERATIONS / CLIENTS)),
      ),
    )
    const seconds = (performance.now() - startedAt) / 1_000
    t.diagnostic(`${OPERATIONS} operations in ${seconds.toFixed(1)} s: ${JSON.stringify(clients.tally)}`)
    await assertSoundBooks(house)
    const [{ deadlocks }] = await house.sql(
      'select deadlocks::int from pg_stat_database where datname = current_database()',
    )
    assert.equal(deadlocks, 0)
    for (const operation of clients.operations)
      assert.ok(
        Object.keys(clients.tally).some((outcome) => outcome.startsWith(`${operation} 2`)),
        operation,
      )
  })

  async function addGroomer(name: string, location: string) {
    const accountId = await desk.make('/staff', { email: `${name}@example.test`, name, roles: ['groomer'] })
    const assigned = { accountId, services: ['trim', 'spa'], locationIds: [location] }
    const id = await desk.make('/providers', assigned)
    await desk.setHours(id, everyDay(), location)
    return { id, assigned }
  }

  /** Another process's API, as far as one process can have it: context, pool, timetable and port of its own. */
  async function openAnother(): Promise<string> {
    const context = opened.use(await openContext(house.context.config))
    const app = await openApp(context)
    opened.defer(() => app.close())
    await app.listen({ host: '127.0.0.1', port: 0 })
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  }
})
