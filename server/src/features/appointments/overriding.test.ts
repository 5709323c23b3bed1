import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, openDesk } from './test-desk.ts'

const reason = 'He comes straight from the airport'

describe('an override', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
    await desk.freeze('2027-03-15T14:00:00Z')
  })
  after(() => house[Symbol.asyncDispose]())

  const book = async (startsAt: string, more: object = {}, as = desk.world.ines) =>
    desk.book(startsAt, { petId: await desk.addPet(), override: { reason }, ...more }, as)
  const eventOf = async (id: string, name: string) =>
    (await house.sql('select * from events where resource_id = $1 and name = $2', [id, name]))[0]

  it('sets hours, step, lead time and horizon aside, one or all, and says which in the trail', async () => {
    for (const [startsAt, overridden] of [
      ['2027-03-16T20:00', ['outside-hours']],
      ['2027-03-16T10:10', ['off-step']],
      ['2027-03-15T10:30', ['lead-time']],
      ['2029-03-16T10:00', ['horizon']],
      ['2029-03-16T20:10', ['off-step', 'horizon', 'outside-hours']],
    ] as const) {
      const plain = await book(startsAt, { override: undefined })
      assert.deepEqual([plain.status, plain.body.reasons], [422, overridden])
      const { status, body } = await book(startsAt)
      assert.deepEqual([status, body.overridden], [201, true], JSON.stringify(body))
      assert.deepEqual((await eventOf(body.id, 'appointment.booked')).payload.overridden, overridden)
      const [{ override_reason }] = await house.sql('select override_reason from appointments where id = $1', [body.id])
      assert.equal(override_reason, reason)
    }
    const told = await house.sql('select from events where events::text like $1', [`%${reason}%`])
    assert.equal(told.length, 0)
  })

  it('never sets a reservation aside, a closure, a time off, the present, or a slip of the year', async () => {
    const petId = await desk.addPet()
    await book('2027-03-17T20:00', { petId })
    const taken = await book('2027-03-17T20:20')
    assert.deepEqual([taken.status, taken.body.code], [409, 'appointment.slot-taken'])
    const exam = { petId, service: 'wellness-exam' }
    assert.equal((await book('2027-03-17T20:30', exam)).body.code, 'appointment.pet-busy')
    const off = { from: '2027-03-18T00:00', to: '2027-03-19T00:00' }
    await desk.make(`/providers/${desk.world.tomasAtWork}/time-off`, off)
    assert.deepEqual((await book('2027-03-18T20:00')).body.reasons, ['provider-off'])
    await desk.make(`/locations/${desk.world.newYork}/closures`, { from: '2027-03-19T00:00', to: '2027-03-20T00:00' })
    assert.deepEqual((await book('2027-03-19T20:00')).body.reasons, ['closed'])
    assert.deepEqual((await book('2027-03-15T09:30')).body.reasons, ['lead-time'])
    assert.deepEqual((await book('2207-03-16T10:00')).body.reasons, ['horizon'])
    assert.deepEqual((await book('2027-03-17T14:00:00.5Z')).body.reasons, ['off-step'])
    assert.equal((await book('2027-03-17T14:00:07Z')).body.endsAt, '2027-03-17T15:00:07Z')
  })

  it('gives a time to one, however many override at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => book('2027-03-20T21:00')))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, ...answers.slice(1).map(() => 409)])
  })

  it('is for front desk and admins', async () => {
    const { maya, drLind, ada } = desk.world
    for (const as of [maya, drLind]) assert.equal((await book('2027-03-22T20:00', {}, as)).status, 403)
    const { status, body } = await book('2027-03-22T20:00', {}, ada)
    assert.equal(status, 201)
    const change = { notes: 'Shy', override: { reason } }
    for (const as of [maya, drLind])
      assert.equal((await house.call('PUT', `/appointments/${body.id}`, { as, body: change })).status, 403)
  })

  it('goes to whoever needs no rule set aside, if there is one', async () => {
    const night = await desk.addProvider('night', 'groomer', ['grooming'], [{ weekday: 2, from: '18:00', to: '22:00' }])
    await desk.booked('2027-03-23T18:00', { providerId: night })
    const { body } = await book('2027-03-23T20:00')
    assert.deepEqual([body.provider.id, body.overridden], [night, false])
    assert.equal((await eventOf(body.id, 'appointment.booked')).payload.overridden, undefined)
  })

  it('moves a visit, and is over once the visit is moved by the rules', async () => {
    const { body } = await book('2027-03-24T10:00', { override: undefined })
    assert.equal(body.overridden, false)
    const move = (change: object) =>
      house.call('PUT', `/appointments/${body.id}`, { as: desk.world.ines, body: change })
    const out = await move({ startsAt: '2027-03-24T20:00', override: { reason } })
    assert.deepEqual([out.status, out.body.overridden], [200, true])
    assert.deepEqual((await eventOf(body.id, 'appointment.moved')).payload.overridden, ['outside-hours'])
    assert.equal((await move({ notes: 'Shy' })).body.overridden, true)
    assert.equal((await move({ startsAt: '2027-03-24T11:00' })).body.overridden, false)
  })
})
