import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, openDesk } from './test-desk.ts'

describe('a hold that is to be spent', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
    const durations = [{ species: 'dog', fromGrams: 30_000, durationMinutes: 90 }]
    await desk.make('/services', { slug: 'clip', kind: 'grooming', durationMinutes: 60, stepMinutes: 30, durations })
  })
  after(() => house[Symbol.asyncDispose]())

  const hold = async (startsAt: string) => {
    const body = { service: 'clip', startsAt, locationId: desk.world.newYork }
    const made = await house.call('POST', '/holds', { as: desk.world.maya, body })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    return made.body.id
  }
  const spend = (holdId: string, startsAt: string, petId = desk.world.rex) =>
    desk.book(startsAt, { service: 'clip', holdId, petId, locationId: undefined })

  it('on a pet that takes longer is answered as a lost time, also where the place is left to it', async () => {
    const clipper = await desk.addProvider('clipper', 'groomer', ['clip'])
    const big = { name: 'Big', species: 'dog', weightGrams: 40_000 }
    const petId = (await house.call('POST', '/pets', { as: desk.world.maya, body: big })).body.id
    const holdId = await hold('2027-03-15T09:00')
    await desk.booked('2027-03-15T10:00', { service: 'clip', providerId: clipper })
    for (const startsAt of ['2027-03-15T09:00', '2027-03-15T13:00:00Z']) {
      const { status, body } = await spend(holdId, startsAt, petId)
      assert.deepEqual([status, body.code, body.reasons], [409, 'appointment.slot-taken', ['provider-busy']])
      assert.equal(body.alternatives.length, 3)
    }
    assert.equal((await spend(holdId, '2027-03-15T09:00')).status, 201)
  })

  it('with a provider who has left, or is off, is answered as any booking is', async () => {
    const leaver = await desk.addProvider('leaver', 'groomer', ['clip'], [])
    await desk.make(`/providers/${leaver}/extra-hours`, { from: '2027-03-16T18:00', to: '2027-03-16T20:00' })
    const holdId = await hold('2027-03-16T18:00')
    const off = { from: '2027-03-16T18:00', to: '2027-03-16T18:30' }
    await desk.make(`/providers/${leaver}/time-off`, off)
    assert.deepEqual((await spend(holdId, '2027-03-16T18:00')).body.reasons, ['provider-off'])
    const [{ account_id: accountId }] = await house.sql('select account_id from providers where id = $1', [leaver])
    const gone = { accountId, services: ['clip'], locationIds: [desk.world.newYork], active: false }
    assert.equal((await house.call('PUT', `/providers/${leaver}`, { as: desk.world.ada, body: gone })).status, 200)
    const { status, body } = await spend(holdId, '2027-03-16T18:00')
    assert.deepEqual([status, body.code, body.reasons], [422, 'appointment.not-bookable', ['skill']])
  })

  it('is booked over by its owner also while it is being extended', async () => {
    const trimmer = await desk.addProvider('trimmer', 'groomer', ['clip'])
    for (let round = 0; round < 40; round++) {
      const day = Temporal.PlainDate.from('2027-04-01').add({ days: round })
      const made = { service: 'clip', providerId: trimmer, startsAt: `${day}T10:00` }
      const { body } = await house.call('POST', '/holds', { as: desk.world.maya, body: made })
      const extending = house.call('POST', `/holds/${body.id}/extension`, { as: desk.world.maya })
      const booking = desk.book(`${day}T10:30`, { service: 'clip', providerId: trimmer })
      const [extended, booked] = await Promise.all([extending, booking])
      assert.equal(booked.status, 201, `round ${round}: ${extended.status}, ${JSON.stringify(booked.body)}`)
      assert.deepEqual(await house.sql('select id from holds where id = $1', [body.id]), [])
    }
  })
})
