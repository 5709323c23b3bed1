import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Desk, everyDay, openDesk } from '../src/features/appointments/test-desk.ts'
import { type House, openHouse } from './setup.ts'

describe('whoever may take a visit', () => {
  let house: House
  let desk: Desk
  let services = 0

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '20' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())

  it('is one of four in turn: 25 of 100 visits each, give or take one', async () => {
    const { book, shares } = await openTeam(4)
    // Wherever the days lie: one visit on each of 20, then many on few.
    for (let index = 0; index < 20; index++) await book(`2027-03-${String(1 + index).padStart(2, '0')}`, 9)
    for (let index = 0; index < 80; index++)
      await book(`2027-04-${String(5 + (index % 5)).padStart(2, '0')}`, 9 + (index % 8))
    const counts = await shares()
    assert.ok(
      counts.every((count) => Math.abs(count - 25) <= 1),
      String(counts),
    )
  })

  it('has at most two more of 50 at once than another', async (t) => {
    const { book, shares } = await openTeam(4)
    // Pets that are there already, and a day long enough that nobody is chosen for being the only one free.
    const pets = await Promise.all(Array.from({ length: 50 }, () => desk.addPet()))
    const startedAt = performance.now()
    await Promise.all(pets.map((petId, index) => book('2027-03-15', (index % 48) / 2, petId)))
    t.diagnostic(`${Math.round(50 / ((performance.now() - startedAt) / 1_000))} bookings a second for one day`)
    const counts = await shares()
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 2, String(counts))
  })

  it('is who the pet saw last for this kind of service, if free, and else as for any other', async () => {
    const { service, providers } = await openTeam(3)
    const [una, vic, wyn] = providers as [string, string, string]
    const petId = await desk.addPet()
    const give = async (startsAt: string, more: object = {}) =>
      (await desk.booked(startsAt, { service, petId, ...more })).provider.id
    await give('2027-03-15T09:00', { providerId: wyn })
    for (const hour of ['10', '11', '12']) assert.equal(await give(`2027-03-15T${hour}:00`), wyn)
    await give('2027-03-16T09:00', { providerId: una })
    assert.equal(await give('2027-03-16T10:00'), una)
    // Una is busy at 14:00, and Vic is the one with nothing to do.
    await desk.booked('2027-03-16T14:00', { service, providerId: una })
    await desk.booked('2027-03-16T15:00', { service, providerId: wyn })
    assert.equal(await give('2027-03-16T14:00'), vic)
    // A visit that did not take place is none, and neither is one to a vet.
    const other = await desk.addPet()
    const { id } = await desk.booked('2027-03-17T09:00', { service, petId: other, providerId: wyn })
    await house.call('DELETE', `/appointments/${id}`, { as: desk.world.maya })
    await desk.booked('2027-03-17T09:00', { service: 'wellness-exam', petId: other })
    await desk.booked('2027-03-17T12:00', { service, providerId: wyn })
    assert.notEqual((await desk.booked('2027-03-17T13:00', { service, petId: other })).provider.id, wyn)
  })

  async function openTeam(size: number) {
    services++
    const service = `team-${'abcd'[services]}`
    await desk.make('/services', { slug: service, kind: 'grooming', durationMinutes: 30, stepMinutes: 30 })
    const providers: string[] = []
    for (let index = 0; index < size; index++)
      providers.push(await desk.addProvider(`${service}-${index}`, 'groomer', [service], everyDay('00:00', '24:00')))
    return {
      service,
      providers,
      /** Books a pet, a new one unless it is named, in with anybody. */
      async book(date: string, hour: number, petId?: string) {
        const time = `${String(Math.floor(hour)).padStart(2, '0')}:${hour % 1 ? '30' : '00'}`
        await desk.booked(`${date}T${time}`, { service, ...(petId && { petId }) })
      },
      async shares(): Promise<number[]> {
        const rows = await house.sql(
          `select (select count(*)::int from appointments where provider_id = providers.id) as count from providers where id = any($1)`,
          [providers],
        )
        return rows.map(({ count }) => count)
      },
    }
  }
})
