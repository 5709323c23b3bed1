import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { SCHEDULE_LOCK } from './queries/schedule-lock.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse()
  world = await populate(house)
  const body = { accountId: world.drLind, services: ['wellness-exam'], locationIds: [world.newYork, world.london] }
  await house.call('PUT', `/providers/${world.drLindAtWork}`, { as: world.ada, body })
})

after(() => house[Symbol.asyncDispose]())

const nowhere = '01980a6e-0c00-7000-8000-00000000dead'

const change = (what: string, body: object, as = world.ada) => house.call('POST', what, { as, body })

async function lastEvent(name: string) {
  const [event] = await house.sql(
    'select actor_id, resource_type, resource_id, payload from events where name = $1 order by id desc limit 1',
    [name],
  )
  return event
}

describe('time off', () => {
  const off = { from: '2027-03-15T09:00', to: '2027-03-15T12:00' }
  const at = (providerId: string) => `/providers/${providerId}/time-off`

  it('is read by the clock of the location', async () => {
    const { status, body } = await change(at(world.tomasAtWork), { ...off, reason: 'Dentist' })
    assert.equal(status, 201)
    const times = { from: '2027-03-15T09:00:00', to: '2027-03-15T12:00:00', locationId: null }
    assert.deepEqual(body, { id: body.id, ...times, reason: 'Dentist' })
    const [row] = await house.sql(
      'select kind, location_id, lower(during) as from, upper(during) as to from schedule_exceptions where id = $1',
      [body.id],
    )
    assert.deepEqual(row, {
      kind: 'time-off',
      location_id: null,
      from: new Date('2027-03-15T13:00:00Z'),
      to: new Date('2027-03-15T16:00:00Z'),
    })
    assert.deepEqual(await lastEvent('time-off.added'), {
      actor_id: world.ada,
      resource_type: 'schedule-change',
      resource_id: body.id,
      payload: { providerId: world.tomasAtWork, ...times },
    })
  })

  it('needs its location named where two keep different clocks', async () => {
    const path = at(world.drLindAtWork)
    assert.equal((await change(path, off)).body.code, 'appointment.location-required')
    const { status, body } = await change(path, { ...off, locationId: world.london })
    assert.deepEqual([status, body.locationId], [201, world.london])
  })

  it('is refused at a location where the provider does not work', async () => {
    const { body } = await change(at(world.tomasAtWork), { ...off, locationId: world.london })
    assert.deepEqual([body.code, body.errors[0].pointer], ['reference.unknown', '/body/locationId'])
  })

  it('is refused when it ends before it begins', async () => {
    const { status, body } = await change(at(world.tomasAtWork), { from: off.to, to: off.from })
    assert.deepEqual([status, body.errors[0].pointer], [400, '/body/to'])
  })

  it("is anyone's for admins, and one's own for vets", async () => {
    for (const as of [world.drLind, world.tomas, world.ines, world.maya]) {
      assert.equal((await change(at(world.tomasAtWork), off, as)).status, 403)
    }
    assert.equal((await change(at(nowhere), off, world.drLind)).status, 404)
    const here = { ...off, locationId: world.newYork }
    assert.equal((await change(at(world.drLindAtWork), here, world.drLind)).status, 201)
    assert.equal((await change(at(world.tomasAtWork), off, world.ada)).status, 201)
  })
})

describe('extra hours', () => {
  const extra = { from: '2027-03-21T10:00', to: '2027-03-21T14:00' }
  const at = (providerId: string) => `/providers/${providerId}/extra-hours`

  it("are at a provider's only location", async () => {
    const { status, body } = await change(at(world.tomasAtWork), extra)
    assert.deepEqual([status, body.locationId, body.reason], [201, world.newYork, null])
    const [row] = await house.sql('select kind, location_id from schedule_exceptions where id = $1', [body.id])
    assert.deepEqual(row, { kind: 'extra-hours', location_id: world.newYork })
    assert.equal((await lastEvent('extra-hours.added')).resource_id, body.id)
  })

  it('need their location named when there are several', async () => {
    assert.equal((await change(at(world.drLindAtWork), extra)).body.code, 'appointment.location-required')
    assert.equal((await change(at(world.drLindAtWork), { ...extra, locationId: world.newYork })).status, 201)
    assert.equal((await change(at(world.drLindAtWork), { ...extra, locationId: nowhere })).status, 422)
  })

  it('are given by admins only', async () => {
    for (const as of [world.tomas, world.ines, world.maya])
      assert.equal((await change(at(world.tomasAtWork), extra, as)).status, 403)
    assert.equal((await change(at(nowhere), extra)).status, 404)
  })
})

describe('what would orphan appointments', () => {
  const off = { from: '2027-04-05T09:00', to: '2027-04-05T12:00' }
  const at = (providerId: string) => `/providers/${providerId}/time-off`
  const closing = (locationId: string) => `/locations/${locationId}/closures`

  async function book(startsAt: string, endsAt: string, status = 'booked'): Promise<string> {
    const [row] = await house.sql(
      `insert into appointments (pet_id, service_id, provider_id, location_id, starts_at, ends_at, local_start, time_zone, status, booked_by)
       select $1, id, $2, $3, $4, $5, '2027-04-05 09:00', 'America/New_York', $6, $7 from services where slug = 'grooming' returning id`,
      [world.rex, world.tomasAtWork, world.newYork, startsAt, endsAt, status, world.maya],
    )
    return row.id
  }

  it('is refused with the appointments listed, and nothing is changed', async () => {
    const first = await book('2027-04-05T13:00:00Z', '2027-04-05T14:00:00Z')
    const last = await book('2027-04-05T15:30:00Z', '2027-04-05T16:30:00Z', 'requested')
    const listed = [
      {
        id: first,
        petId: world.rex,
        providerId: world.tomasAtWork,
        startsAt: '2027-04-05T13:00:00Z',
        endsAt: '2027-04-05T14:00:00Z',
      },
      {
        id: last,
        petId: world.rex,
        providerId: world.tomasAtWork,
        startsAt: '2027-04-05T15:30:00Z',
        endsAt: '2027-04-05T16:30:00Z',
      },
    ]
    const count = `select (select count(*)::int from schedule_exceptions) + (select count(*)::int from closures) as changes`
    const [before] = await house.sql(count)
    for (const path of [at(world.tomasAtWork), closing(world.newYork)]) {
      const { status, body } = await change(path, off)
      assert.deepEqual([status, body.code], [409, 'schedule.appointments-affected'])
      assert.deepEqual(
        // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a body
        body.appointments.map(({ alternatives, ...appointment }: any) => appointment),
        listed,
      )
    }
    assert.deepEqual((await house.sql(count))[0], before)
  })

  it('is done when the appointments are to stand', async () => {
    assert.equal((await change(at(world.tomasAtWork), { ...off, leaveAppointments: true })).status, 201)
    assert.equal((await change(closing(world.newYork), { ...off, leaveAppointments: true })).status, 201)
  })

  it('does not mind appointments that are over one way or another, or only meet it at an end', async () => {
    const day = { from: '2027-04-06T09:00', to: '2027-04-06T12:00' }
    for (const status of ['cancelled', 'declined', 'no-show', 'completed']) {
      await book('2027-04-06T14:00:00Z', '2027-04-06T15:00:00Z', status)
    }
    await book('2027-04-06T12:00:00Z', '2027-04-06T13:00:00Z')
    await book('2027-04-06T16:00:00Z', '2027-04-06T17:00:00Z')
    assert.equal((await change(at(world.tomasAtWork), day)).status, 201)
    assert.equal((await change(closing(world.newYork), day)).status, 201)
  })

  it('looks at this provider and this location only', async () => {
    await book('2027-04-07T14:00:00Z', '2027-04-07T15:00:00Z')
    const day = { from: '2027-04-07T00:00', to: '2027-04-08T00:00' }
    assert.equal((await change(at(world.drLindAtWork), { ...day, locationId: world.newYork })).status, 201)
    assert.equal((await change(closing(world.london), day)).status, 201)
    assert.equal((await change(at(world.tomasAtWork), { ...day, locationId: world.newYork })).status, 409)
  })

  it('looks again after it has waited for a booking under way', async () => {
    const day = { from: '2027-04-08T09:00', to: '2027-04-08T12:00' }
    for (const path of [at(world.tomasAtWork), closing(world.newYork)]) {
      await house.sql('begin')
      await house.sql('select pg_advisory_xact_lock_shared($1)', [SCHEDULE_LOCK])
      const answer = change(path, day)
      const visit = await book('2027-04-08T14:00:00Z', '2027-04-08T15:00:00Z')
      await waitingForLock().finally(() => house.sql('commit'))
      const { status, body } = await answer
      assert.equal(status, 409, path)
      assert.ok(body.appointments.some((affected: { id: string }) => affected.id === visit))
    }
  })

  async function waitingForLock(): Promise<void> {
    const deadline = performance.now() + 5_000
    for (;;) {
      const [{ count }] = await house.sql(
        `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if (count > 0) return
      assert.ok(performance.now() < deadline, 'nobody waits for a lock')
    }
  }
})

describe('closures', () => {
  it('are read by the clock of their location', async () => {
    const { status, body } = await change(`/locations/${world.london}/closures`, {
      from: '2027-12-25T00:00',
      to: '2027-12-27T00:00',
    })
    assert.equal(status, 201)
    const times = { from: '2027-12-25T00:00:00', to: '2027-12-27T00:00:00', locationId: world.london }
    assert.deepEqual(body, { id: body.id, ...times, reason: null })
    const [row] = await house.sql('select lower(during) as from, upper(during) as to from closures where id = $1', [
      body.id,
    ])
    assert.deepEqual(row, { from: new Date('2027-12-25T00:00:00Z'), to: new Date('2027-12-27T00:00:00Z') })
    assert.deepEqual((await lastEvent('closure.added')).payload, times)
  })

  it('are made by admins only', async () => {
    const body = { from: '2027-12-25T00:00', to: '2027-12-27T00:00' }
    for (const as of [world.tomas, world.drLind, world.ines, world.maya]) {
      assert.equal((await change(`/locations/${world.london}/closures`, body, as)).status, 403)
    }
    assert.equal((await change(`/locations/${nowhere}/closures`, body)).status, 404)
  })
})
