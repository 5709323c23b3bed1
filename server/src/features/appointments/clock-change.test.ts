import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, openDesk } from './test-desk.ts'

describe('a clinic in New York that never closes', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
    await desk.make('/services', {
      slug: 'night-watch',
      kind: 'veterinary',
      durationMinutes: 30,
      stepMinutes: 30,
      horizonDays: 730,
    })
    const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }))
    await desk.addProvider('owl', 'veterinarian', ['night-watch'], always)
  })
  after(() => house[Symbol.asyncDispose]())

  const starts = (date: string) => desk.starts(`service=night-watch&date=${date}`)
  const book = (startsAt: string) => desk.book(startsAt, { service: 'night-watch' })

  it('offers 46 starts on the spring day, and books none in the hour that is not', async () => {
    const found = await starts('2027-03-14')
    assert.equal(found.length, 46)
    assert.ok(!found.includes('02:00') && !found.includes('02:30'))
    const { status, body } = await book('2027-03-14T02:30')
    assert.deepEqual([status, body.code], [422, 'appointment.nonexistent-time'])
  })

  it('offers 50 on the autumn day: 01:00 and 01:30 twice, each bookable by its offset', async () => {
    const found = await starts('2027-11-07')
    assert.equal(found.length, 50)
    assert.deepEqual(found.slice(2, 6), ['01:00', '01:30', '01:00', '01:30'])
    assert.equal((await book('2027-11-07T01:30')).body.code, 'appointment.ambiguous-time')
    const twice = ['01:00:00-04:00', '01:30:00-04:00', '01:00:00-05:00', '01:30:00-05:00']
    for (const [n, time] of twice.entries()) {
      const { localStart, startsAt } = await desk.booked(`2027-11-07T${time}`, { service: 'night-watch' })
      assert.equal(localStart, `2027-11-07T${time.slice(0, 8)}`)
      assert.equal(Date.parse(startsAt), Date.parse('2027-11-07T05:00Z') + n * 30 * 60_000)
    }
    assert.equal((await starts('2027-11-07')).length, 46)
  })
})
