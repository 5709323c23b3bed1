import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

/** A Monday in New York. */
const MONDAY = '2027-03-15'

describe('the time of a booking', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())

  it('is half-open: neighbours share an instant, and nobody shares a minute', async () => {
    await desk.booked(`${MONDAY}T10:00`)
    await desk.booked(`${MONDAY}T09:00`)
    await desk.booked(`${MONDAY}T11:00`)
    for (const overlapping of ['09:30', '10:30']) {
      const { status, body } = await desk.book(`${MONDAY}T${overlapping}`, { petId: await desk.addPet() })
      assert.deepEqual([status, body.code], [409, 'appointment.slot-taken'])
    }
  })

  it('is the same as an instant, with an offset or by the clock of the location', async () => {
    const shown = await desk.booked(`${MONDAY}T13:00`)
    assert.deepEqual(
      [shown.startsAt, shown.endsAt, shown.localStart, shown.location.timeZone],
      ['2027-03-15T17:00:00Z', '2027-03-15T18:00:00Z', '2027-03-15T13:00:00', 'America/New_York'],
    )
    assert.equal((await desk.booked(`${MONDAY}T15:00:00-04:00`)).startsAt, '2027-03-15T19:00:00Z')
    assert.equal((await desk.booked('2027-03-15T20:00:00Z')).localStart, '2027-03-15T16:00:00')
    const nowhere = await desk.book(`${MONDAY}T12:00`, { locationId: undefined })
    assert.deepEqual([nowhere.status, nowhere.body.code], [422, 'appointment.location-required'])
  })

  it('is read by the clock of the only location of a named provider', async () => {
    const { body } = await desk.book('2027-03-16T09:00', { locationId: undefined, providerId: desk.world.tomasAtWork })
    assert.deepEqual([body.location.id, body.startsAt], [desk.world.newYork, '2027-03-16T13:00:00Z'])
  })

  it('is refused when the clock never shows it, or shows it twice', async () => {
    await desk.setHours(desk.world.tomasAtWork, everyDay('00:00', '24:00'))
    const skipped = await desk.book('2027-03-14T02:30')
    assert.deepEqual([skipped.status, skipped.body.code], [422, 'appointment.nonexistent-time'])
    const doubled = await desk.book('2027-11-07T01:30', { petId: await desk.addPet() })
    assert.deepEqual([doubled.status, doubled.body.code], [422, 'appointment.ambiguous-time'])
    await house.setClockAhead('200 days')
    const [first, second] = [
      await desk.booked('2027-11-07T01:30:00-04:00'),
      await desk.booked('2027-11-07T01:30:00-05:00'),
    ]
    assert.deepEqual([first.startsAt, second.startsAt], ['2027-11-07T05:30:00Z', '2027-11-07T06:30:00Z'])
    assert.deepEqual([first.localStart, second.localStart], ['2027-11-07T01:30:00', '2027-11-07T01:30:00'])
    await house.setClockAhead('0')
  })

  it('lasts elapsed minutes, whatever the clocks do', async () => {
    const { startsAt, endsAt } = await desk.booked('2027-03-14T01:30')
    assert.equal(Date.parse(endsAt) - Date.parse(startsAt), 3_600_000)
    assert.deepEqual([startsAt, endsAt], ['2027-03-14T06:30:00Z', '2027-03-14T07:30:00Z'])
  })

  it('lies on the step of the service, counted from midnight by the clock', async () => {
    for (const start of ['09:10', '09:15', '09:00:30']) {
      const { status, body } = await desk.book(`2027-03-17T${start}`)
      assert.deepEqual([status, body.reasons], [422, ['off-step']], start)
    }
    assert.equal((await desk.book('2027-03-17T13:00:00.5Z')).status, 422)
    await desk.make('/services', { slug: 'nap', kind: 'grooming', durationMinutes: 50, stepMinutes: 40 })
    const napper = await desk.addProvider('napper', 'groomer', ['nap'], [{ weekday: 3, from: '09:00', to: '12:00' }])
    assert.deepEqual(await desk.starts(`service=nap&date=2027-03-17&provider=${napper}`), ['09:20', '10:00', '10:40'])
  })

  it('may be in a shift that began the day before', async () => {
    await desk.make('/services', { slug: 'night-bath', kind: 'grooming', durationMinutes: 60, stepMinutes: 60 })
    const owl = await desk.addProvider('owl', 'groomer', ['night-bath'], [{ weekday: 1, from: '22:00', to: '02:00' }])
    const search = (date: string) => desk.starts(`service=night-bath&provider=${owl}&date=${date}`)
    assert.deepEqual(await search(MONDAY), ['22:00', '23:00'])
    assert.deepEqual(await search('2027-03-16'), ['00:00', '01:00'])
    assert.equal((await desk.booked('2027-03-16T00:00', { service: 'night-bath' })).localStart, '2027-03-16T00:00:00')
    const late = await desk.book('2027-03-16T01:30', { service: 'night-bath' })
    assert.deepEqual(late.body.reasons, ['off-step', 'outside-hours'])
  })

  it('is as far ahead as the lead time by the clock of the database, and not a second less', async () => {
    const now = '2027-04-05T12:00:00Z'
    await desk.freeze(now)
    const tooSoon = await desk.book('2027-04-05T08:30')
    assert.deepEqual([tooSoon.status, tooSoon.body.reasons], [422, ['lead-time']])
    assert.equal((await desk.starts('service=grooming&date=2027-04-05'))[0], '09:00')
    assert.equal((await desk.booked('2027-04-05T09:00')).startsAt, '2027-04-05T13:00:00Z')
    await desk.freeze('2027-04-05T13:00:00.001Z')
    assert.equal((await desk.starts('service=grooming&date=2027-04-05'))[0], '10:30')
    await desk.thaw()
  })

  it('is within the horizon, in days of the calendar of the location', async () => {
    await desk.make('/services', {
      slug: 'soon',
      kind: 'grooming',
      durationMinutes: 60,
      stepMinutes: 60,
      horizonDays: 2,
    })
    const soon = await desk.addProvider('soon', 'groomer', ['soon'], everyDay('00:00', '24:00'))
    const offered = (date: string) => desk.starts(`service=soon&provider=${soon}&date=${date}`)
    // 23:30 on Monday in New York, Tuesday in UTC.
    await desk.freeze('2027-04-06T03:30:00Z')
    assert.equal((await offered('2027-04-07')).length, 24)
    assert.equal((await offered('2027-04-08')).length, 0)
    const far = await desk.book('2027-04-08T00:00', { service: 'soon' })
    assert.deepEqual([far.status, far.body.reasons], [422, ['horizon']])
    await desk.freeze('2027-04-06T04:00:00Z')
    assert.equal((await offered('2027-04-08')).length, 24)
    assert.equal((await desk.booked('2027-04-08T23:00', { service: 'soon' })).status, 'booked')
    await desk.thaw()
  })
})
