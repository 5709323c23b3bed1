import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

const DAY = '2027-03-15'

describe('why a time cannot be had', () => {
  let house: House
  let desk: Desk
  let ann: string
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
    const terms = { durationMinutes: 45, bufferAfterMinutes: 15, stepMinutes: 15, leadMinutes: 60, horizonDays: 30 }
    await desk.make('/services', { slug: 'trim', kind: 'grooming', ...terms })
    ann = await desk.addProvider('ann', 'groomer', ['trim'], everyDay('09:00', '15:00'))
    await desk.freeze('2027-03-10T15:00:00Z')
  })
  after(() => house[Symbol.asyncDispose]())

  const explain = async (time: string, more: Record<string, string> = {}, as = desk.world.maya) => {
    const startsAt = time.includes('T') ? time : `${DAY}T${time}`
    const query = new URLSearchParams({ service: 'trim', provider: ann, startsAt, ...more })
    return house.call('GET', `/availability/explanation?${query}`, { as })
  }
  const reasons = async (...asked: Parameters<typeof explain>) => {
    const { status, body } = await explain(...asked)
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(body.isBookable, body.reasons.length === 0)
    return body.reasons
  }

  it('is said rule by rule', async () => {
    await desk.make(`/providers/${ann}/time-off`, { from: `${DAY}T14:00`, to: `${DAY}T15:00` })
    await desk.make(`/locations/${desk.world.newYork}/closures`, { from: '2027-03-17T00:00', to: '2027-03-18T00:00' })
    const told = {
      '09:00': [],
      '09:10': ['off-step'],
      '08:00': ['outside-hours'],
      '14:00': ['provider-off'],
      '2027-03-10T10:30': ['lead-time'],
      '2027-05-03T10:00': ['horizon'],
      '2027-03-17T10:00': ['closed'],
      '2027-05-03T20:10': ['off-step', 'horizon', 'outside-hours'],
    }
    for (const [time, expected] of Object.entries(told)) assert.deepEqual(await reasons(time), expected, time)
    assert.deepEqual(await reasons('09:00', { provider: desk.world.tomasAtWork }), ['skill'])
    assert.deepEqual(await reasons('09:00', { location: desk.world.london }), ['not-offered'])
  })

  it('tells a taken provider, their buffers, a held time and the own pet apart, and never whose they are', async () => {
    await desk.booked(`${DAY}T10:00`, { service: 'trim', providerId: ann, petId: desk.world.rex })
    assert.deepEqual(await reasons('10:15'), ['provider-busy'])
    assert.deepEqual(await reasons('09:15'), ['buffer'])
    assert.deepEqual(await reasons('10:15', { pet: desk.world.rex }), ['provider-busy', 'pet-busy'])
    const hold = { service: 'trim', providerId: ann, startsAt: `${DAY}T12:00` }
    await house.call('POST', '/holds', { as: desk.world.sam, body: hold })
    assert.deepEqual(await reasons('12:15'), ['held'])
    assert.deepEqual(await reasons('12:15', {}, desk.world.sam), [])
    const { body } = await explain('12:15')
    assert.deepEqual(body.candidates, [{ locationId: desk.world.newYork, providerId: ann, reasons: ['held'] }])
  })

  it('is nothing exactly where the search offers a start', async () => {
    const offered = new Set(await desk.starts(`service=trim&date=${DAY}&provider=${ann}`))
    assert.ok(offered.size > 0)
    for (let minute = 8 * 60; minute < 16 * 60; minute += 15) {
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
      assert.equal((await reasons(time)).length === 0, offered.has(time), time)
    }
  })

  it('comes with every 409 as well', async () => {
    const more = { service: 'trim', providerId: ann }
    const taken = await desk.book(`${DAY}T10:15`, { ...more, petId: await desk.addPet() })
    assert.deepEqual([taken.status, taken.body.reasons], [409, ['provider-busy']])
    const busy = await desk.book(`${DAY}T10:30`, { service: 'wellness-exam' })
    assert.deepEqual([busy.status, busy.body.reasons], [409, ['pet-busy']])
    const pets = await Promise.all(Array.from({ length: 8 }, () => desk.addPet()))
    const racers = await Promise.all(pets.map((petId) => desk.book('2027-03-16T10:00', { ...more, petId })))
    for (const { status, body } of racers) if (status === 409) assert.deepEqual(body.reasons, ['provider-busy'])
  })

  it('is with a 409 what an explanation says: held, or only its buffers, with other times to take', async () => {
    const more = { service: 'trim', providerId: ann }
    const hold = { ...more, startsAt: '2027-03-18T12:00' }
    await house.call('POST', '/holds', { as: desk.world.noor, body: hold })
    await desk.booked('2027-03-18T10:00', more)
    const { id } = await desk.booked('2027-03-18T14:00', more)
    for (const [time, reason] of [
      ['12:15', 'held'],
      ['09:15', 'buffer'],
      ['10:15', 'provider-busy'],
    ] as const) {
      const startsAt = `2027-03-18T${time}`
      const answers = [
        await desk.book(startsAt, { ...more, petId: await desk.addPet() }),
        await house.call('POST', '/holds', { as: desk.world.maya, body: { ...more, startsAt } }),
        await house.call('PUT', `/appointments/${id}`, { as: desk.world.maya, body: { startsAt } }),
      ]
      for (const { status, body } of answers) {
        assert.deepEqual([status, body.code, body.reasons], [409, 'appointment.slot-taken', [reason]], time)
        assert.equal(body.alternatives.length, 3)
        assert.doesNotMatch(JSON.stringify(body), new RegExp(`${desk.world.noor}|${id}`))
      }
    }
  })

  it('is told of what exists, to who may see the pet', async () => {
    const id = crypto.randomUUID()
    for (const more of [{ service: 'nothing' }, { location: id }, { provider: id }] as Record<string, string>[])
      assert.equal((await explain('09:00', more)).body.code, 'reference.unknown')
    assert.equal((await explain('09:00', { pet: desk.world.mimi })).status, 404)
    assert.equal((await explain('2027-03-14T02:30')).body.code, 'appointment.nonexistent-time')
  })
})
