import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

describe('open time', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())

  const MONDAY = '2027-03-15'

  it('keeps buffers apart between neighbours, and lets them run past closing', async () => {
    const terms = {
      slug: 'dip',
      kind: 'grooming',
      durationMinutes: 30,
      bufferBeforeMinutes: 10,
      bufferAfterMinutes: 15,
      stepMinutes: 5,
    }
    await desk.make('/services', terms)
    const cal = await desk.addProvider('cal', 'groomer', ['dip'], everyDay('09:00', '12:00'))
    const query = `service=dip&date=${MONDAY}&provider=${cal}`
    const all = await desk.starts(query)
    assert.deepEqual([all[0], all.at(-1)], ['09:00', '11:30'])
    const { id } = await desk.booked(`${MONDAY}T10:00`, { service: 'dip', providerId: cal })
    // 10:00–10:30 with buffers is 09:50–10:45; the next begins 10 minutes after that, the one before ends 15 before.
    const left = await desk.starts(query)
    assert.deepEqual(
      left.filter((start) => start > '08:00' && start < '11:30'),
      ['09:00', '09:05', '10:55', '11:00', '11:05', '11:10', '11:15', '11:20', '11:25'],
    )
    const held = await desk.reservationsOf(id)
    const ofPet = held.filter((row) => row.includes('"2027-03-15 14:00:00+00","2027-03-15 14:30:00+00"'))
    const ofProvider = held.filter(
      (row) => row.startsWith(cal) && row.includes('13:50:00+00","2027-03-15 14:45:00+00"'),
    )
    assert.deepEqual([held.length, ofPet.length, ofProvider.length], [2, 1, 1])
  })

  it('leaves out closures and time off, also from extra hours', async () => {
    const dot = await desk.addProvider('dot', 'groomer', ['grooming'], [{ weekday: 1, from: '09:00', to: '12:00' }])
    const search = (date: string) => desk.starts(`service=grooming&date=${date}&provider=${dot}`)
    await desk.make(`/providers/${dot}/extra-hours`, { from: '2027-03-22T12:00', to: '2027-03-22T14:00' })
    await desk.make(`/providers/${dot}/extra-hours`, { from: '2027-03-23T09:00', to: '2027-03-23T10:00' })
    assert.deepEqual(await search('2027-03-22'), [
      '09:00',
      '09:30',
      '10:00',
      '10:30',
      '11:00',
      '11:30',
      '12:00',
      '12:30',
      '13:00',
    ])
    assert.deepEqual(await search('2027-03-23'), ['09:00'])
    await desk.make(`/providers/${dot}/time-off`, { from: '2027-03-22T10:00', to: '2027-03-22T11:00' })
    await desk.make(`/locations/${desk.world.newYork}/closures`, {
      from: '2027-03-22T13:00',
      to: '2027-03-22T15:00',
      reason: 'Parade',
    })
    assert.deepEqual(await search('2027-03-22'), ['09:00', '11:00', '11:30', '12:00'])
    for (const [start, reason] of [
      ['10:30', 'provider-off'],
      ['13:30', 'closed'],
      ['08:00', 'outside-hours'],
    ]) {
      const { body } = await desk.book(`2027-03-22T${start}`, { providerId: dot })
      assert.ok(body.reasons.includes(reason), `${start} ${body.reasons}`)
    }
  })

  it('sees a provider of two locations as one person', async () => {
    const { london, newYork } = desk.world
    const accountId = await desk.make('/staff', { email: 'eve@example.test', name: 'Eve', roles: ['groomer'] })
    const eve = await desk.make('/providers', { accountId, services: ['grooming'], locationIds: [newYork, london] })
    await desk.setHours(eve, everyDay('09:00', '12:00'), newYork)
    await desk.setHours(eve, everyDay('13:00', '17:00'), london)
    // 09:00 in New York is 13:00 in London: the clocks are four hours apart in that week.
    const inLondon = () => desk.starts(`service=grooming&date=${MONDAY}&provider=${eve}&location=${london}`)
    assert.equal((await inLondon())[0], '13:00')
    await desk.booked(`${MONDAY}T09:30`, { providerId: eve })
    assert.equal((await inLondon())[0], '14:30')
    const twice = await desk.book(`${MONDAY}T13:30`, {
      providerId: eve,
      locationId: london,
      petId: await desk.addPet(),
    })
    assert.deepEqual([twice.status, twice.body.code], [409, 'appointment.slot-taken'])
  })
})
