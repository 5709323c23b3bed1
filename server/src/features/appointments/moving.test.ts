import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

describe('moving a visit', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())

  const MONDAY = '2027-03-15'
  const put = (id: string, body: object, headers: Record<string, string> = {}, as = desk.world.maya) =>
    house.call('PUT', `/appointments/${id}`, { as, body, headers })
  const read = async (id: string) => (await house.call('GET', `/appointments/${id}`, { as: desk.world.maya })).body

  it('gives the old time back once the new one is won', async () => {
    const { id } = await desk.booked(`${MONDAY}T09:00`)
    const { status, body } = await put(id, { startsAt: `${MONDAY}T14:00`, notes: 'Afternoon' })
    assert.deepEqual(
      [status, body.localStart, body.notes, body.status],
      [200, '2027-03-15T14:00:00', 'Afternoon', 'booked'],
    )
    assert.deepEqual(body, await read(id))
    const free = await desk.starts(`service=grooming&date=${MONDAY}`)
    assert.ok(free.includes('09:00') && !free.includes('14:00'))
    assert.equal((await desk.reservationsOf(id)).length, 2)
  })

  it('does not stand in its own way', async () => {
    const { id, petId } = await desk.booked('2027-03-16T10:00')
    const { status, body } = await put(id, { startsAt: '2027-03-16T10:30' })
    assert.deepEqual([status, body.startsAt], [200, '2027-03-16T14:30:00Z'])
    const held = await desk.reservationsOf(id)
    assert.ok(
      held.every((row) => row.includes('["2027-03-16 14:30:00+00","2027-03-16 15:30:00+00")')) &&
        held.some((row) => row.startsWith(petId)),
    )
  })

  it('that fails changes nothing', async () => {
    await desk.setHours(desk.world.drLindAtWork, everyDay())
    const petId = await desk.addPet()
    const { id } = await desk.booked('2027-03-17T09:00', { petId })
    await desk.booked('2027-03-17T11:00')
    await desk.booked('2027-03-17T14:00', { petId, service: 'wellness-exam' })
    const before = [await read(id), await desk.reservationsOf(id)]
    const failures = [
      [{ startsAt: '2027-03-17T11:00' }, 409, 'appointment.slot-taken'],
      [{ startsAt: '2027-03-17T13:30' }, 409, 'appointment.pet-busy'],
      [{ startsAt: '2027-03-17T09:10' }, 422, 'appointment.not-bookable'],
      [{ startsAt: '2027-03-17T07:00' }, 422, 'appointment.not-bookable'],
      [{ startsAt: '2027-03-14T02:30' }, 422, 'appointment.nonexistent-time'],
      [{ startsAt: '2027-11-07T01:30' }, 422, 'appointment.ambiguous-time'],
      [{ providerId: desk.world.drLindAtWork }, 422, 'appointment.not-bookable'],
      [{ providerId: desk.world.rex }, 422, 'reference.unknown'],
      [{}, 400, 'request.invalid'],
      [{ locationId: desk.world.london }, 400, 'request.invalid'],
    ] as const
    for (const [change, status, code] of failures) {
      const answer = await put(id, change)
      assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(change))
      assert.deepEqual([await read(id), await desk.reservationsOf(id)], before)
    }
    const [events] = await house.sql(
      `select count(*)::int from events where resource_id = $1 and name = 'appointment.moved'`,
      [id],
    )
    assert.equal(events.count, 0)
  })

  it('that loses its time is told of others', async () => {
    const { id } = await desk.booked('2027-03-18T09:00')
    await desk.booked('2027-03-18T12:00')
    const { body } = await put(id, { startsAt: '2027-03-18T12:00' })
    assert.equal(body.alternatives.length, 3)
    const [first] = body.alternatives
    assert.deepEqual(
      [(await put(id, { startsAt: first.startsAt })).body.endsAt, first.providerIds],
      [first.endsAt, [desk.world.tomasAtWork]],
    )
  })

  it('keeps what is absent: location, provider, time or notes', async () => {
    const una = await desk.addProvider('una', 'groomer', ['grooming'])
    const { id } = await desk.booked('2027-03-19T09:00', { providerId: una, notes: 'Shy' })
    const moved = (await put(id, { startsAt: '2027-03-19T10:00' })).body
    assert.deepEqual([moved.provider.id, moved.notes, moved.location.id], [una, 'Shy', desk.world.newYork])
    const given = (await put(id, { providerId: desk.world.tomasAtWork })).body
    assert.deepEqual([given.provider.name, given.startsAt], ['Tomas', moved.startsAt])
    assert.deepEqual([(await put(id, { notes: null })).body.notes, (await read(id)).startsAt], [null, moved.startsAt])
    const free = await desk.starts(`service=grooming&date=2027-03-19&provider=${una}`)
    assert.ok(free.includes('10:00'))
    const as = await read(id)
    const [, last] = [await put(id, { startsAt: moved.startsAt, notes: null }), await read(id)]
    assert.deepEqual(last, as)
    const told = await house.sql('select from events where resource_id = $1 and name = $2', [id, 'appointment.updated'])
    assert.equal(told.length, 1)
  })

  it('takes the rules the service has now, and visits that stay keep theirs', async () => {
    const terms = { slug: 'spa', name: 'Spa', kind: 'grooming', durationMinutes: 60, stepMinutes: 60 }
    const serviceId = await desk.make('/services', terms)
    const una = await desk.addProvider('vic', 'groomer', ['spa'])
    const at = { service: 'spa', providerId: una }
    const [stays, moves] = [await desk.booked('2027-03-22T09:00', at), await desk.booked('2027-03-22T10:00', at)]
    const longer = { ...terms, durationMinutes: 90, bufferAfterMinutes: 30, stepMinutes: 30 }
    assert.equal((await house.call('PUT', `/services/${serviceId}`, { as: desk.world.ada, body: longer })).status, 200)
    assert.equal((await read(stays.id)).endsAt, stays.endsAt)
    assert.equal((await put(stays.id, { notes: 'Still an hour' })).body.endsAt, stays.endsAt)
    const { body } = await put(moves.id, { startsAt: '2027-03-22T13:30' })
    assert.equal(Date.parse(body.endsAt) - Date.parse(body.startsAt), 90 * 60_000)
    assert.ok(
      (await desk.reservationsOf(moves.id)).some(
        (row) => row.startsWith(una) && row.includes('17:30:00+00","2027-03-22 19:30:00+00"'),
      ),
    )
  })

  it('to the time it has asks for no lead time, to any other does', async () => {
    const una = await desk.addProvider('wes', 'groomer', ['grooming'])
    const { id, startsAt } = await desk.booked('2027-03-23T09:00')
    await desk.freeze('2027-03-23T12:45:00Z')
    assert.equal((await put(id, { startsAt, notes: 'On our way' })).status, 200)
    assert.equal((await put(id, { startsAt, providerId: una })).body.provider.id, una)
    const { status, body } = await put(id, { startsAt: '2027-03-23T09:30' })
    assert.deepEqual([status, body.reasons], [422, ['lead-time']])
    await desk.thaw()
  })

  it('is refused to whoever read another state of it, and to whoever may not', async () => {
    const { id } = await desk.booked('2027-03-24T09:00', { providerId: desk.world.tomasAtWork })
    const etag = (await house.call('GET', `/appointments/${id}`, { as: desk.world.maya })).headers.get('etag') as string
    const change = { startsAt: '2027-03-24T10:00' }
    assert.equal((await put(id, change, { 'if-match': '"other"' })).status, 412)
    assert.equal((await put(id, change, { 'if-match': etag })).status, 200)
    assert.equal((await put(id, { startsAt: '2027-03-24T11:00' }, { 'if-match': etag })).status, 412)
    assert.equal(
      (await house.call('DELETE', `/appointments/${id}`, { as: desk.world.maya, headers: { 'if-match': etag } }))
        .status,
      412,
    )
    assert.equal((await put(id, change, {}, desk.world.sam)).status, 404)
    assert.equal((await put(id, change, {}, desk.world.drOkafor)).status, 404)
    assert.equal((await put(id, { startsAt: '2027-03-24T12:00' }, {}, desk.world.tomas)).status, 200)
  })
})
