import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type Answer, type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from '../appointments/test-desk.ts'

describe('a change that would orphan appointments', () => {
  let house: House
  let desk: Desk
  let month = 0
  /** A Monday of its own for each test, so that none stands in another's way. */
  let monday: string
  /** Groomers of a service of its own, of whom the first is changed. */
  let fay: string
  let gus: string
  let service: string

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())
  beforeEach(async () => {
    month++
    monday = Temporal.PlainDate.from('2027-01-04').add({ weeks: month }).toString()
    service = `brush-${'abcdefghijklmnop'[month]}`
    await desk.make('/services', { slug: service, kind: 'grooming', durationMinutes: 60, stepMinutes: 60 })
    fay = await desk.addProvider(`fay-${month}`, 'groomer', [service])
    gus = await desk.addProvider(`gus-${month}`, 'groomer', [service])
  })

  const put = (path: string, body: object) => house.call('PUT', path, { as: desk.world.ada, body })
  const dayOff = (more: object = {}, from = '00:00', to = '23:00') =>
    house.call('POST', `/providers/${fay}/time-off`, {
      as: desk.world.ada,
      body: { from: `${monday}T${from}`, to: `${monday}T${to}`, ...more },
    })
  const visit = (start: string, providerId = fay) => desk.booked(`${monday}T${start}`, { service, providerId })
  const read = async (id: string) => (await house.call('GET', `/appointments/${id}`, { as: desk.world.ada })).body
  const startOf = ({ localStart }: { localStart: string }) => localStart.slice(11, 16)
  const affected = ({ status, body }: Answer): string[] => {
    assert.deepEqual([status, body.code], [409, 'schedule.appointments-affected'])
    return body.appointments.map(({ id }: { id: string }) => id)
  }

  it('lists them with up to three of the nearest alternatives, as they would be after it', async () => {
    const { id, petId } = await visit('10:00')
    await visit('10:00', gus)
    const { status, body } = await dayOff()
    assert.equal(status, 409)
    const [{ alternatives, ...listed }, ...others] = body.appointments
    assert.deepEqual(others, [])
    assert.deepEqual([listed.id, listed.petId, listed.providerId], [id, petId, fay])
    assert.deepEqual(
      alternatives.map(({ startsAt, providerIds }: { startsAt: string; providerIds: string[] }) => [
        startsAt.slice(0, 16),
        providerIds,
      ]),
      [
        [`${monday}T14:00`, [gus]],
        [`${monday}T16:00`, [gus]],
        [`${monday}T17:00`, [gus]],
      ],
    )
    const [off] = await house.sql('select count(*)::int from schedule_exceptions where provider_id = $1', [fay])
    assert.equal(off.count, 0)
  })

  it('moves each to the nearest time of its day, the same time with another first, in one commit', async () => {
    const first = await visit('10:00')
    const second = await visit('11:00')
    await visit('11:00', gus)
    assert.equal((await dayOff({ appointments: 'move' })).status, 201)
    const [a, b] = [await read(first.id), await read(second.id)]
    assert.deepEqual([a.provider.id, startOf(a)], [gus, '10:00'])
    assert.deepEqual([b.provider.id, startOf(b)], [gus, '12:00'])
    assert.deepEqual([a.status, (await desk.reservationsOf(a.id)).length], ['booked', 2])
    const events = await house.sql(
      `select resource_id, name, payload from events
        where xid = (select xid from events where name = 'time-off.added' order by id desc limit 1) order by name`,
    )
    assert.deepEqual(
      events.map(({ name }) => name),
      ['appointment.moved', 'appointment.moved', 'time-off.added'],
    )
    assert.deepEqual(events.find(({ resource_id }) => resource_id === b.id).payload, {
      startsAt: b.startsAt,
      previousStartsAt: second.startsAt,
      sequence: 1,
    })
  })

  it('keeps their rooms where they keep their time', async () => {
    const kind = `table-of-${service}`
    const rooms: string[] = []
    for (const name of ['1', '2', '3'])
      rooms.push(await desk.make(`/locations/${desk.world.newYork}/resources`, { name: `${kind} ${name}`, kind }))
    const [{ id: serviceId }] = await house.sql('select id from services where slug = $1', [service])
    const terms = { slug: service, kind: 'grooming', durationMinutes: 60, stepMinutes: 60, resourceKinds: [kind] }
    assert.equal((await put(`/services/${serviceId}`, terms)).status, 200)
    for (const [index, room] of rooms.entries()) {
      const at = `${monday}T${10 + index}:00`
      await desk.booked(at, { service, providerId: fay, resourceIds: [room] })
    }
    assert.equal((await dayOff({ appointments: 'move' })).status, 201)
    const { body } = await house.call('GET', `/appointments?provider=${gus}`, { as: desk.world.ada })
    assert.deepEqual(
      body.items.map(({ resourceIds }: { resourceIds: string[] }) => resourceIds),
      rooms.map((room) => [room]),
    )
  })

  it('keeps to the provider where they are free at another time of the day', async () => {
    const { id } = await visit('10:00')
    await visit('10:00', gus)
    await visit('11:00', gus)
    assert.equal((await dayOff({ appointments: 'move' }, '10:00', '11:00')).status, 201)
    const moved = await read(id)
    assert.deepEqual([moved.provider.id, startOf(moved)], [fay, '09:00'])
  })

  it('changes nothing when one of them has no time to be moved to, and lists that one', async () => {
    const stays = await visit('10:00')
    const stuck = await visit('16:00')
    for (let hour = 11; hour < 17; hour++) await visit(`${hour}:00`, gus)
    await visit('09:00', gus)
    // The one at 10:00 takes the last free hour of the day.
    assert.deepEqual(affected(await dayOff({ appointments: 'move' })), [stuck.id])
    assert.deepEqual([(await read(stays.id)).provider.id, (await read(stuck.id)).status], [fay, 'booked'])
  })

  it('cancels them, never as late, with an event each', async () => {
    const { id } = await visit('10:00')
    await house.sql(`update services set cancellation_hours = 720 * 20 where slug = $1`, [service])
    assert.equal((await dayOff({ appointments: 'cancel' })).status, 201)
    const { status, lateCancellation } = await read(id)
    assert.deepEqual([status, lateCancellation], ['cancelled', false])
    assert.deepEqual(await desk.reservationsOf(id), [])
    const [event] = await house.sql(
      `select payload, actor_id from events where name = 'appointment.cancelled' and resource_id = $1`,
      [id],
    )
    assert.deepEqual([event.payload.late, event.actor_id], [false, desk.world.ada])
  })

  it('neither cancels nor moves a visit that has begun', async () => {
    const { id } = await visit('10:00')
    const ahead = await visit('12:00')
    await house.sql(`update appointments set status = 'in-service' where id = $1`, [id])
    for (const appointments of ['cancel', 'move']) assert.deepEqual(affected(await dayOff({ appointments })), [id])
    assert.equal((await read(ahead.id)).status, 'booked')
  })

  it('leaves out those of pets that have died or are archived, which nobody is to come with', async () => {
    const dead = await visit('09:00')
    const archived = await visit('10:00')
    const missed = await visit('11:00')
    await desk.freeze(`${monday}T17:30:00Z`)
    const as = desk.world.maya
    const death = { as, body: { deceasedOn: monday } }
    assert.equal((await house.call('PATCH', `/pets/${dead.petId}`, death)).status, 200)
    assert.equal((await house.call('DELETE', `/pets/${archived.petId}`, { as })).status, 204)
    assert.deepEqual(affected(await dayOff()), [missed.id])
    assert.equal((await dayOff({ appointments: 'move' })).status, 201)
    assert.deepEqual(await Promise.all([dead, archived, missed].map(async ({ id }) => startOf(await read(id)))), [
      '09:00',
      '10:00',
      '14:00',
    ])
    await desk.thaw()
  })

  it('lets them stand when told to, in either way', async () => {
    const { id } = await visit('10:00')
    assert.equal((await dayOff({ leaveAppointments: true })).status, 201)
    assert.equal((await dayOff({ appointments: 'leave' })).status, 201)
    const { status, provider } = await read(id)
    assert.deepEqual([status, provider.id], ['booked', fay])
  })

  it('may be new working hours, which leave alone what was outside the old ones', async () => {
    const { world } = desk
    const early = await visit('09:00')
    await visit('14:00')
    const set = (from: string, to: string, more: object = {}) =>
      put(`/providers/${fay}/working-hours`, { locationId: world.newYork, weekly: everyDay(from, to), ...more })
    assert.deepEqual(affected(await set('10:00', '17:00')), [early.id])
    assert.equal((await set('10:00', '17:00', { appointments: 'leave' })).status, 200)
    assert.equal((await set('11:00', '17:00')).status, 200)
    assert.equal((await set('08:00', '17:00')).status, 200)
    assert.equal((await set('10:00', '17:00', { appointments: 'move' })).status, 200)
    const moved = await read(early.id)
    assert.deepEqual([startOf(moved), moved.provider.id], ['09:00', gus])
  })

  it('may be a service that is no longer offered: its visits cannot be moved', async () => {
    const { id } = await visit('10:00')
    const [{ id: serviceId }] = await house.sql('select id from services where slug = $1', [service])
    const ended = { slug: service, kind: 'grooming', durationMinutes: 60, stepMinutes: 60, active: false }
    const search = `service=${service}&date=${monday}`
    assert.deepEqual(affected(await put(`/services/${serviceId}`, ended)), [id])
    assert.deepEqual(affected(await put(`/services/${serviceId}`, { ...ended, appointments: 'move' })), [id])
    assert.notDeepEqual(await desk.starts(search), [])
    const answer = await put(`/services/${serviceId}`, { ...ended, appointments: 'cancel' })
    assert.deepEqual([answer.status, answer.body.active, (await read(id)).status], [200, false, 'cancelled'])
    assert.deepEqual(await desk.starts(search), [])
    const refused = await desk.book(`${monday}T12:00`, { service, petId: await desk.addPet() })
    assert.deepEqual([refused.status, refused.body.reasons], [422, ['not-offered']])
    assert.equal((await put(`/services/${serviceId}`, { ...ended, active: true })).status, 200)
    assert.notDeepEqual(await desk.starts(search), [])
  })

  it('may be a provider who leaves, or no longer performs a service', async () => {
    const { id } = await visit('10:00')
    const [{ account_id: accountId }] = await house.sql('select account_id from providers where id = $1', [fay])
    const assigned = { accountId, services: [service], locationIds: [desk.world.newYork] }
    assert.deepEqual(affected(await put(`/providers/${fay}`, { ...assigned, active: false })), [id])
    assert.deepEqual(affected(await put(`/providers/${fay}`, { ...assigned, services: ['grooming'] })), [id])
    assert.deepEqual(affected(await put(`/providers/${fay}`, { ...assigned, locationIds: [] })), [id])
    const left = await put(`/providers/${fay}`, { ...assigned, active: false, appointments: 'move' })
    assert.deepEqual([left.status, left.body.active], [200, false])
    assert.equal((await read(id)).provider.id, gus)
    const refused = await desk.book(`${monday}T12:00`, { service, providerId: fay, petId: await desk.addPet() })
    assert.deepEqual([refused.status, refused.body.reasons], [422, ['skill']])
    assert.equal((await put(`/providers/${fay}`, assigned)).body.active, true)
  })
})
