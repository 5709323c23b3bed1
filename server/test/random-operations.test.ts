import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { openApp } from '../src/app.ts'
import { sweepHolds } from '../src/features/appointments/queries/holds.ts'
import { type Desk, everyDay, openDesk } from '../src/features/appointments/test-desk.ts'
import { openContext } from '../src/platform/context.ts'
import { assertSoundBooks } from './assert-sound-books.ts'
import { startPetra } from './process/start-petra.ts'
import { openClients, slugs } from './random-clients.ts'
import { seeded } from './seeded.ts'
import { type House, openHouse } from './setup.ts'
import { addAccount } from './world.ts'

const SEED = Number(process.env.RACE_SEED ?? 7)
const OPERATIONS = Number(process.env.RACE_OPERATIONS ?? 2_000)
const CLIENTS = 50
const PETS = 60
const DESKS = 10
/** Minutes between the two locations. */
const WAY = 30
/** Beside the house's own. By hand, `RACE_PROCESSES=own` gives each a process of its own, as an operator would. */
const MORE_PROCESSES = 2
const ARE_REAL = process.env.RACE_PROCESSES === 'own'

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
    const locations: string[] = []
    const tubs: string[] = []
    for (const name of ['Petra Harlem', 'Petra Queens'])
      locations.push(await desk.make('/locations', { name, timeZone: 'America/New_York', travelMinutes: WAY / 2 }))
    await desk.make('/services', { slug: 'trim', kind: 'grooming', durationMinutes: 30, stepMinutes: 30 })
    await desk.make('/services', {
      slug: 'spa',
      kind: 'grooming',
      durationMinutes: 60,
      stepMinutes: 30,
      bufferAfterMinutes: 15,
      resourceKinds: ['tub'],
    })
    await desk.make('/services', { slug: 'show', kind: 'grooming', durationMinutes: 30, requiresApproval: true })
    for (const location of locations) {
      await desk.make(`/locations/${location}/resources`, { name: 'Tub 2', kind: 'tub' })
      tubs.push(await desk.make(`/locations/${location}/resources`, { name: 'Tub 1', kind: 'tub' }))
    }
    const providers = []
    for (const name of ['una', 'vic', 'wyn', 'xen']) providers.push(await addGroomer(name, locations))
    const pets = await Promise.all(Array.from({ length: PETS }, (_, index) => desk.addPet(`Pet ${index}`)))
    const urls = [house.url]
    for (let more = 0; more < MORE_PROCESSES; more++) urls.push(await openAnother())

    const clients = openClients({
      urls,
      locations,
      tubs,
      providers,
      pets,
      owner: await house.signIn(desk.world.maya),
      admin: await house.signIn(desk.world.ada),
      desks: await Promise.all(Array.from({ length: DESKS }, (_, index) => addDesk(index))),
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
    await assertTimeToTravel()
    await assertNoHoldIsLeft()
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

  async function addDesk(index: number): Promise<string> {
    return house.signIn(await addAccount(house, `Desk ${index}`, 'receptionist'))
  }

  async function assertTimeToTravel() {
    const rushed = await house.sql(
      `select a.id from appointments a join appointments b using (provider_id)
         join reservations r on r.appointment_id = a.id and r.subject_id = provider_id
         join reservations s on s.appointment_id = b.id and s.subject_id = provider_id
        where a.location_id <> b.location_id and upper(r.during) <= lower(s.during)
          and upper(r.during) + make_interval(mins => $1) > lower(s.during)`,
      [WAY],
    )
    assert.deepEqual(rushed, [], 'somebody is in two places within minutes')
  }

  /** What was neither booked nor released runs out, and leaves no trace. */
  async function assertNoHoldIsLeft() {
    await house.setClockAhead('1 hour')
    await sweepHolds(house.context.db)
    assert.deepEqual(await house.sql('select id from holds'), [])
    assert.deepEqual(await house.sql('select subject_id from reservations where appointment_id is null'), [])
  }

  async function addGroomer(name: string, locations: readonly string[]) {
    const accountId = await desk.make('/staff', { email: `${name}@example.test`, name, roles: ['groomer'] })
    const assigned = { accountId, services: slugs, locationIds: locations }
    const id = await desk.make('/providers', assigned)
    for (const location of locations) await desk.setHours(id, everyDay(), location)
    return { id, assigned }
  }

  /** Another process's API, or as far as one process can have it: context, pool, timetable and port of its own. */
  async function openAnother(): Promise<string> {
    const { databaseUrl, dataDir, publicUrl } = house.context.config
    const shared = { DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDir, PUBLIC_URL: publicUrl }
    if (ARE_REAL) return opened.use(await startPetra({ ...shared, PROCESS: 'api', DATABASE_POOL: '12' })).url
    const context = opened.use(await openContext(house.context.config))
    const app = await openApp(context)
    opened.defer(() => app.close())
    await app.listen({ host: '127.0.0.1', port: 0 })
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  }
})
