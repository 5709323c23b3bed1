import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'

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
const workDay = [{ weekday: 1, from: '09:00', to: '17:00' }]

const setHours = (providerId: string, body: object, headers = {}) =>
  house.call('PUT', `/providers/${providerId}/working-hours`, { as: world.ada, body, headers })

async function hoursOf(providerId: string, as = world.ada, query = '') {
  return (await house.call('GET', `/providers/${providerId}/working-hours${query}`, { as })).body
}

const change = (what: string, body: object, as = world.ada) => house.call('POST', what, { as, body })

async function lastEvent(name: string) {
  const [event] = await house.sql(
    'select actor_id, resource_type, resource_id, payload from events where name = $1 order by id desc limit 1',
    [name],
  )
  return event
}

describe('working hours', () => {
  it('are replaced at one location and stay at the other, where they may overlap', async () => {
    const provider = world.drLindAtWork
    const { status, body } = await setHours(provider, { locationId: world.london, weekly: workDay })
    assert.equal(status, 200)
    assert.deepEqual(body.weekly, workDay)
    const { items } = await hoursOf(provider)
    assert.equal(items.length, 2)
    assert.equal(items.find(({ locationId }: { locationId: string }) => locationId === world.newYork).weekly.length, 6)
    assert.deepEqual(items.find(({ locationId }: { locationId: string }) => locationId === world.london), body)
    const { payload, resource_id } = await lastEvent('working-hours.replaced')
    assert.deepEqual([resource_id, payload], [provider, { locationId: world.london, effectiveFrom: body.effectiveFrom }])
  })

  it("begin on the location's today unless a date is given", async () => {
    const [{ today }] = await house.sql(`select (clock_now() at time zone 'America/New_York')::date::text as today`)
    const { body } = await setHours(world.tomasAtWork, { locationId: world.newYork, weekly: workDay })
    assert.equal(body.effectiveFrom, today)
  })

  it('hold from their first day on; the week before ends there, and weeks planned for later are gone', async () => {
    const provider = world.drOkaforAtWork
    const locationId = world.london
    const week = (from: string) => [{ weekday: 2, from, to: '18:00' }]
    await setHours(provider, { locationId, effectiveFrom: '2027-01-01', weekly: week('08:00') })
    await setHours(provider, { locationId, effectiveFrom: '2099-01-01', weekly: week('09:00') })
    await setHours(provider, { locationId, effectiveFrom: '2098-01-01', weekly: week('10:00') })
    const stored = await house.sql(
      `select effective::text, from_minute from working_hours where provider_id = $1 and lower(effective) >= '2027-01-01' order by 1`,
      [provider],
    )
    assert.deepEqual(stored, [
      { effective: '[2027-01-01,2098-01-01)', from_minute: 480 },
      { effective: '[2098-01-01,)', from_minute: 600 },
    ])
    const { items } = await hoursOf(provider)
    assert.deepEqual(items.slice(-2).map(({ effectiveFrom }: { effectiveFrom: string }) => effectiveFrom), ['2027-01-01', '2098-01-01'])
  })

  it('end on a date with an empty week, which is told', async () => {
    const provider = world.drOkaforAtWork
    await setHours(provider, { locationId: world.london, effectiveFrom: '2098-06-01', weekly: [] })
    const { items } = await hoursOf(provider)
    assert.deepEqual(items.at(-1), { providerId: provider, locationId: world.london, effectiveFrom: '2098-06-01', weekly: [] })
  })

  it('are listed in force and to come, page by page and by location', async () => {
    const provider = world.drOkaforAtWork
    const all = await hoursOf(provider)
    const first = await hoursOf(provider, world.ada, '?limit=1')
    const rest = await hoursOf(provider, world.ada, `?cursor=${first.nextCursor}`)
    assert.ok(all.items.length > 2)
    assert.deepEqual([...first.items, ...rest.items], all.items)
    assert.deepEqual((await hoursOf(provider, world.ada, `?location=${world.newYork}`)).items, [])
    await setHours(provider, { locationId: world.london, effectiveFrom: '2020-01-01', weekly: workDay })
    await setHours(provider, { locationId: world.london, effectiveFrom: '2021-01-01', weekly: workDay })
    const { items } = await hoursOf(provider)
    assert.deepEqual(items.map(({ effectiveFrom }: { effectiveFrom: string }) => effectiveFrom), ['2021-01-01'])
  })

  it('run past midnight and to 24:00, in the order of the week', async () => {
    const weekly = [
      { weekday: 7, from: '00:00', to: '24:00' },
      { weekday: 5, from: '22:00', to: '06:00' },
    ]
    const { body } = await setHours(world.tomasAtWork, { locationId: world.newYork, weekly })
    assert.deepEqual(body.weekly, weekly.toReversed())
    const stored = await house.sql(
      'select weekday, from_minute, to_minute from working_hours where provider_id = $1 and upper_inf(effective) order by weekday',
      [world.tomasAtWork],
    )
    assert.deepEqual(stored, [
      { weekday: 5, from_minute: 1320, to_minute: 1800 },
      { weekday: 7, from_minute: 0, to_minute: 1440 },
    ])
  })

  it('are refused to a request made for another week', async () => {
    const body = { locationId: world.newYork, weekly: workDay }
    const { headers } = await setHours(world.tomasAtWork, body)
    const match = { 'if-match': headers.get('etag') }
    assert.equal((await setHours(world.tomasAtWork, { ...body, weekly: [] }, match)).status, 200)
    assert.equal((await setHours(world.tomasAtWork, body, match)).status, 412)
  })

  it('are refused where the provider does not work, and of wrong times and dates', async () => {
    const good = { locationId: world.newYork, weekly: workDay }
    const elsewhere = await setHours(world.tomasAtWork, { ...good, locationId: world.london })
    assert.deepEqual([elsewhere.body.code, elsewhere.body.errors[0].pointer], ['reference.unknown', '/body/locationId'])
    assert.equal((await setHours(nowhere, good)).status, 404)
    for (const [from, to] of [['24:00', '06:00'], ['9:00', '17:00'], ['09:00', '25:00'], ['09:60', '17:00']]) {
      assert.equal((await setHours(world.tomasAtWork, { ...good, weekly: [{ weekday: 1, from, to }] })).status, 400, `${from}-${to}`)
    }
    assert.equal((await setHours(world.tomasAtWork, { ...good, weekly: [{ ...workDay[0], weekday: 8 }] })).status, 400)
    for (const effectiveFrom of ['0000-01-01', '2027-02-30', '9999-12-31']) {
      assert.equal((await setHours(world.tomasAtWork, { ...good, effectiveFrom })).status, 400, effectiveFrom)
    }
  })

  it('go with the location that a provider leaves', async () => {
    const body = { accountId: world.drLind, services: ['wellness-exam'], locationIds: [world.newYork] }
    await setHours(world.drLindAtWork, { locationId: world.london, weekly: workDay })
    await house.call('PUT', `/providers/${world.drLindAtWork}`, { as: world.ada, body })
    const { items } = await hoursOf(world.drLindAtWork)
    assert.deepEqual(items.map(({ locationId }: { locationId: string }) => locationId), [world.newYork])
    await house.call('PUT', `/providers/${world.drLindAtWork}`, { as: world.ada, body: { ...body, locationIds: [world.newYork, world.london] } })
  })

  it('are read by front desk, admin and the provider, and set by admins', async () => {
    const read = async (as: string, provider: string) =>
      (await house.call('GET', `/providers/${provider}/working-hours`, { as })).status
    for (const as of [world.ines, world.ada, world.tomas]) assert.equal(await read(as, world.tomasAtWork), 200)
    for (const as of [world.drLind, world.maya]) assert.equal(await read(as, world.tomasAtWork), 403)
    assert.equal(await read(world.ada, nowhere), 404)
    for (const as of [world.maya, world.tomas, world.drLind, world.ines]) {
      const body = { locationId: world.newYork, weekly: [] }
      assert.equal((await house.call('PUT', `/providers/${world.tomasAtWork}/working-hours`, { as, body })).status, 403)
    }
  })
})

describe('time off', () => {
  const off = { from: '2027-03-15T09:00', to: '2027-03-15T12:00' }
  const at = (providerId: string) => `/providers/${providerId}/time-off`

  it('is read by the clock of the location', async () => {
    const { status, body } = await change(at(world.tomasAtWork), { ...off, reason: 'Dentist' }, world.tomas)
    assert.equal(status, 201)
    const times = { from: '2027-03-15T09:00:00', to: '2027-03-15T12:00:00', locationId: null }
    assert.deepEqual(body, { id: body.id, ...times, reason: 'Dentist' })
    const [row] = await house.sql('select kind, location_id, lower(during) as from, upper(during) as to from schedule_exceptions where id = $1', [body.id])
    assert.deepEqual(row, {
      kind: 'time-off',
      location_id: null,
      from: new Date('2027-03-15T13:00:00Z'),
      to: new Date('2027-03-15T16:00:00Z'),
    })
    assert.deepEqual(await lastEvent('time-off.added'), {
      actor_id: world.tomas,
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

  it("is anyone's for admins, and one's own for vets and groomers", async () => {
    assert.equal((await change(at(world.drLindAtWork), off, world.tomas)).status, 403)
    assert.equal((await change(at(world.tomasAtWork), off, world.drLind)).status, 403)
    assert.equal((await change(at(nowhere), off, world.tomas)).status, 404)
    for (const as of [world.ines, world.maya]) assert.equal((await change(at(world.tomasAtWork), off, as)).status, 403)
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
    for (const as of [world.tomas, world.ines, world.maya]) assert.equal((await change(at(world.tomasAtWork), extra, as)).status, 403)
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
      { id: first, petId: world.rex, providerId: world.tomasAtWork, startsAt: '2027-04-05T13:00:00Z', endsAt: '2027-04-05T14:00:00Z' },
      { id: last, petId: world.rex, providerId: world.tomasAtWork, startsAt: '2027-04-05T15:30:00Z', endsAt: '2027-04-05T16:30:00Z' },
    ]
    const count = `select (select count(*)::int from schedule_exceptions) + (select count(*)::int from closures) as changes`
    const [before] = await house.sql(count)
    for (const path of [at(world.tomasAtWork), closing(world.newYork)]) {
      const { status, body } = await change(path, off)
      assert.deepEqual([status, body.code], [409, 'schedule.appointments-affected'])
      assert.deepEqual(body.appointments, listed)
    }
    assert.deepEqual((await house.sql(count))[0], before)
  })

  it('is done when the appointments are to stand', async () => {
    assert.equal((await change(at(world.tomasAtWork), { ...off, leaveAppointments: true }, world.tomas)).status, 201)
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
    await house.sql('begin')
    await house.sql('select from providers where id = $1 for share', [world.tomasAtWork])
    const answer = change(at(world.tomasAtWork), day)
    const id = await book('2027-04-08T14:00:00Z', '2027-04-08T15:00:00Z')
    await waitingForLock()
    await house.sql('commit')
    const { status, body } = await answer
    assert.deepEqual([status, body.appointments?.map(({ id }: { id: string }) => id)], [409, [id]])
  })

  async function waitingForLock(): Promise<void> {
    for (;;) {
      const [{ count }] = await house.sql(`select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
      if (count > 0) return
    }
  }
})

describe('closures', () => {
  it('are read by the clock of their location', async () => {
    const { status, body } = await change(`/locations/${world.london}/closures`, { from: '2027-12-25T00:00', to: '2027-12-27T00:00' })
    assert.equal(status, 201)
    const times = { from: '2027-12-25T00:00:00', to: '2027-12-27T00:00:00', locationId: world.london }
    assert.deepEqual(body, { id: body.id, ...times, reason: null })
    const [row] = await house.sql('select lower(during) as from, upper(during) as to from closures where id = $1', [body.id])
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
