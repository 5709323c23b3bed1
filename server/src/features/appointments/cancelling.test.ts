import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, openDesk } from './test-desk.ts'

describe('cancelling a visit', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())

  const cancel = (id: string, as = desk.world.maya) => house.call('DELETE', `/appointments/${id}`, { as })
  const countEvents = async (id: string) =>
    (
      await house.sql(`select count(*)::int from events where name = 'appointment.cancelled' and resource_id = $1`, [
        id,
      ])
    )[0].count

  it('gives the time back', async () => {
    const { id } = await desk.booked('2027-03-15T09:00')
    const { status, body } = await cancel(id)
    assert.deepEqual([status, body.status, body.lateCancellation], [200, 'cancelled', false])
    assert.deepEqual(await desk.reservationsOf(id), [])
    await desk.booked('2027-03-15T09:00')
  })

  it('twice is one cancellation', async () => {
    const { id } = await desk.booked('2027-03-15T10:00')
    const [first, second] = [await cancel(id), await cancel(id)]
    assert.deepEqual([second.status, second.body], [200, first.body])
    assert.equal(await countEvents(id), 1)
  })

  it('is free until the hours of the service before the start, exactly then included, and late from then on', async () => {
    for (const [instant, late] of [
      ['2027-04-05T12:59:59.999999Z', false],
      ['2027-04-05T13:00:00Z', false],
      ['2027-04-05T13:00:00.000001Z', true],
      ['2027-04-06T12:59:00Z', true],
    ] as const) {
      const { id } = await desk.booked('2027-04-06T09:00')
      await desk.freeze(instant)
      assert.equal((await cancel(id)).body.lateCancellation, late, instant)
      await desk.thaw()
    }
  })

  it('counts elapsed hours, also over a change of the clocks', async () => {
    // 24 hours before Sunday 09:00 daylight time it is Saturday 08:00 standard time.
    await desk.setHours(desk.world.tomasAtWork, [{ weekday: 7, from: '09:00', to: '12:00' }])
    for (const [instant, late] of [
      ['2027-03-13T13:00:00Z', false],
      ['2027-03-13T13:00:01Z', true],
    ] as const) {
      const { id } = await desk.booked('2027-03-14T09:00')
      await desk.freeze(instant)
      assert.equal((await cancel(id)).body.lateCancellation, late, instant)
      await desk.thaw()
    }
  })

  it('is for those who may: not for a stranger, a co-owner who only views, or the groomer', async () => {
    const body = {
      petId: desk.world.rex,
      service: 'wellness-exam',
      locationId: desk.world.newYork,
      startsAt: '2027-03-15T11:00',
    }
    const { body: visit } = await house.call('POST', '/appointments', { as: desk.world.maya, body })
    assert.equal((await cancel(visit.id, desk.world.sam)).status, 404)
    assert.equal((await cancel(visit.id, desk.world.drOkafor)).status, 404)
    assert.equal((await cancel(visit.id, desk.world.noor)).status, 403)
    assert.equal((await cancel(visit.id, desk.world.drLind)).status, 200)
  })
})

describe('archiving a pet', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '20' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())

  const archive = (petId: string) => house.call('DELETE', `/pets/${petId}`, { as: desk.world.maya })
  const statusOf = async (id: string) =>
    (await house.sql('select status from appointments where id = $1', [id]))[0].status

  it('cancels the visits it has ahead, frees their times, and leaves what has been', async () => {
    const petId = await desk.addPet()
    const past = await desk.booked('2027-03-15T09:00', { petId })
    const ahead = await desk.booked('2027-03-16T09:00', { petId })
    const other = await desk.booked('2027-03-16T10:00')
    await desk.freeze('2027-03-15T13:30:00Z')
    assert.equal((await archive(petId)).status, 204)
    assert.deepEqual(await Promise.all([past, ahead, other].map(({ id }) => statusOf(id))), [
      'booked',
      'cancelled',
      'booked',
    ])
    assert.deepEqual(await desk.reservationsOf(ahead.id), [])
    await desk.booked('2027-03-16T09:00')
    assert.equal((await house.call('GET', `/pets/${petId}`, { as: desk.world.maya })).status, 404)
    assert.equal((await desk.book('2027-03-16T11:00', { petId })).status, 404)
    for (const as of [desk.world.maya, desk.world.ines]) {
      const later = { as, body: { startsAt: '2027-03-16T11:00' } }
      assert.equal((await house.call('PUT', `/appointments/${past.id}`, later)).status, 404)
    }
    await desk.thaw()
  })

  it('leaves no visit behind that was booked at the same time', async () => {
    for (let round = 0; round < 10; round++) {
      const petId = await desk.addPet()
      const hours = ['09', '10', '11', '13', '14']
      const day = `2027-04-${String(12 + round).padStart(2, '0')}`
      await Promise.all([...hours.map((hour) => desk.book(`${day}T${hour}:00`, { petId })), archive(petId)])
      const [left] = await house.sql(
        `select count(*)::int from appointments a join pets p on p.id = a.pet_id
          where p.id = $1 and p.archived_at is not null and a.status = 'booked'`,
        [petId],
      )
      assert.equal(left.count, 0, `round ${round}`)
    }
  })

  it('leaves no visit behind that was missed, and moved ahead at the same time', async () => {
    for (let round = 0; round < 30; round++) {
      const petId = await desk.addPet()
      const day = Temporal.PlainDate.from('2027-05-03').add({ weeks: round % 2, days: round % 5 })
      const missed = await desk.booked(`${day}T09:00`, { petId })
      await desk.freeze(`${day}T18:00:00Z`)
      const to = { startsAt: `${day.add({ weeks: 4 })}T09:00` }
      const moving = house.call('PUT', `/appointments/${missed.id}`, { as: desk.world.ines, body: to })
      await new Promise((done) => setTimeout(done, round % 6))
      const [moved] = await Promise.all([moving, archive(petId)])
      const [{ status, starts_at: startsAt }] = await house.sql(
        'select status, starts_at from appointments where id = $1',
        [missed.id],
      )
      const isAhead = startsAt > new Date(`${day}T18:00:00Z`)
      assert.ok(!isAhead || status === 'cancelled', `round ${round}: ${moved.status}, ${status}`)
      await house.call('DELETE', `/appointments/${missed.id}`, { as: desk.world.ines })
      await desk.thaw()
    }
  })
})
