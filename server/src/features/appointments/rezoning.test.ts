import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { rezoneVisits } from './rezone-visits.ts'
import { type Desk, openDesk } from './test-desk.ts'

describe('a change of the rules of a zone', () => {
  let house: House
  let desk: Desk
  let ann: string
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
    ann = await desk.addProvider('ann', 'groomer', ['grooming'])
  })
  after(() => house[Symbol.asyncDispose]())

  const rezone = (isApplied: boolean) => rezoneVisits(house.context.db, isApplied)
  const outcomes = async (isApplied: boolean) =>
    new Map((await rezone(isApplied)).map(({ id, outcome }) => [id, outcome]))

  /** A visit as it was booked when the zone's clock was said to be an hour off what it is. */
  async function drifted(startsAt: string, hours: number): Promise<string> {
    const { id } = await desk.booked(startsAt, { providerId: ann })
    await drift([id], hours)
    return id
  }

  async function drift(ids: readonly string[], hours: number): Promise<void> {
    await house.sql(
      `with gone as (delete from reservations where appointment_id = any($1) returning *),
            moved as (update appointments set starts_at = starts_at + make_interval(hours => $2),
                                              ends_at = ends_at + make_interval(hours => $2) where id = any($1))
       select from gone`,
      [ids, hours],
    )
    await house.sql(
      `insert into reservations (subject_id, during, appointment_id)
       select subject, tstzrange(starts_at, ends_at), id
         from appointments, unnest(array[provider_id, pet_id]) as subject where id = any($1)`,
      [ids],
    )
  }

  it('moves nothing that is at its local time, nor before it is told to', async () => {
    await desk.booked('2027-03-15T09:00', { providerId: ann })
    assert.deepEqual(await rezone(true), [])
    const id = await drifted('2027-03-15T11:00', 1)
    const held = await desk.reservationsOf(id)
    const [found] = await rezone(false)
    assert.deepEqual(found, {
      id,
      localStart: '2027-03-15T11:00:00',
      timeZone: 'America/New_York',
      startsAt: '2027-03-15T16:00:00Z',
      shouldStartAt: '2027-03-15T15:00:00Z',
      outcome: 'unmoved',
    })
    assert.deepEqual(await desk.reservationsOf(id), held)
    assert.deepEqual(await outcomes(true), new Map([[id, 'moved']]))
    assert.deepEqual(await rezone(true), [])
    assert.match((await desk.reservationsOf(id)).join(), /15:00:00\+00","2027-03-15 16:00:00/)
  })

  it('tells the owners, and renews the calendar entry', async () => {
    const id = await drifted('2027-03-16T11:00', -1)
    await house.drain()
    const mailsBefore = (await house.mails()).length
    await rezone(true)
    await house.drain()
    assert.equal((await house.mails()).length, mailsBefore + 1)
    const { body } = await house.call('GET', `/appointments/${id}`, { as: desk.world.maya })
    assert.deepEqual([body.startsAt, body.localStart], ['2027-03-16T15:00:00Z', '2027-03-16T11:00:00'])
    const [event] = await house.sql(
      `select payload from events where name = 'appointment.moved' and resource_id = $1`,
      [id],
    )
    assert.deepEqual(event.payload, {
      startsAt: '2027-03-16T15:00:00Z',
      previousStartsAt: '2027-03-16T14:00:00Z',
      sequence: 1,
    })
  })

  it('moves visits that follow each other, whichever way they go', async () => {
    for (const [date, hours] of [
      ['2027-03-17', 1],
      ['2027-03-18', -1],
    ] as const) {
      const ids: string[] = []
      for (const time of ['10:00', '11:00', '12:00'])
        ids.push((await desk.booked(`${date}T${time}`, { providerId: ann })).id)
      for (const id of hours > 0 ? ids.toReversed() : ids) await drift([id], hours)
      assert.deepEqual((await outcomes(false)).size, 3)
      const found = await outcomes(true)
      assert.deepEqual(
        ids.map((id) => found.get(id)),
        ['moved', 'moved', 'moved'],
      )
    }
  })

  it('leaves what would meet another visit where it is, and says so before and after', async () => {
    const id = await drifted('2027-03-19T11:00', 1)
    const standing = await desk.booked('2027-03-19T11:00', { providerId: ann })
    const held = await desk.reservationsOf(id)
    for (const isApplied of [false, true]) {
      assert.deepEqual(await outcomes(isApplied), new Map([[id, 'conflict']]))
      assert.deepEqual(await desk.reservationsOf(id), held)
    }
    await house.call('DELETE', `/appointments/${standing.id}`, { as: desk.world.maya })
    assert.deepEqual(await outcomes(true), new Map([[id, 'moved']]))
  })
})
