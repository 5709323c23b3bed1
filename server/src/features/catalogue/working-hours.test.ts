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
    assert.deepEqual(
      items.find(({ locationId }: { locationId: string }) => locationId === world.london),
      body,
    )
    const { payload, resource_id } = await lastEvent('working-hours.replaced')
    assert.deepEqual(
      [resource_id, payload],
      [provider, { locationId: world.london, effectiveFrom: body.effectiveFrom }],
    )
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
    assert.deepEqual(
      items.slice(-2).map(({ effectiveFrom }: { effectiveFrom: string }) => effectiveFrom),
      ['2027-01-01', '2098-01-01'],
    )
  })

  it('end on a date with an empty week, which is told', async () => {
    const provider = world.drOkaforAtWork
    await setHours(provider, { locationId: world.london, effectiveFrom: '2098-06-01', weekly: [] })
    const { items } = await hoursOf(provider)
    assert.deepEqual(items.at(-1), {
      providerId: provider,
      locationId: world.london,
      effectiveFrom: '2098-06-01',
      weekly: [],
    })
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
    assert.deepEqual(
      items.map(({ effectiveFrom }: { effectiveFrom: string }) => effectiveFrom),
      ['2021-01-01'],
    )
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
    for (const [from, to] of [
      ['24:00', '06:00'],
      ['9:00', '17:00'],
      ['09:00', '25:00'],
      ['09:60', '17:00'],
    ]) {
      assert.equal(
        (await setHours(world.tomasAtWork, { ...good, weekly: [{ weekday: 1, from, to }] })).status,
        400,
        `${from}-${to}`,
      )
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
    assert.deepEqual(
      items.map(({ locationId }: { locationId: string }) => locationId),
      [world.newYork],
    )
    await house.call('PUT', `/providers/${world.drLindAtWork}`, {
      as: world.ada,
      body: { ...body, locationIds: [world.newYork, world.london] },
    })
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
