import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

describe('the next free times', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())

  const MONDAY = '2027-03-15'
  const exam = `service=wellness-exam&from=${MONDAY}`
  const next = async (query: string, as: string | null = null) => {
    const { status, body } = await house.call('GET', `/availability/next?${query}`, { as })
    assert.equal(status, 200, JSON.stringify(body))
    return body.slots as { startsAt: string; localStart: string; locationId: string }[]
  }
  const instants = async (query: string) => (await next(query)).map(({ startsAt }) => startsAt)
  const locals = async (query: string) => (await next(query)).map(({ localStart }) => localStart.slice(0, 16))

  it('come in their order whatever the clocks show, as many as were asked for', async () => {
    const found = await next(`${exam}&count=20`)
    assert.deepEqual(found.length, 20)
    assert.deepEqual(
      found.map(({ startsAt }) => startsAt),
      found.map(({ startsAt }) => startsAt).toSorted(),
    )
    // Nine in London is five in New York: London has sixteen starts before New York's first.
    assert.deepEqual(new Set(found.slice(0, 16).map(({ locationId }) => locationId)), new Set([desk.world.london]))
    assert.ok(found.slice(16).some(({ locationId }) => locationId === desk.world.newYork))
    assert.equal((await next(exam)).length, 5)
    for (const count of ['0', '21'])
      assert.equal((await house.call('GET', `/availability/next?${exam}&count=${count}`)).status, 400)
  })

  it('begin at an instant, on a date of each calendar, or now', async () => {
    const instant = 'service=wellness-exam&count=1&from=2027-03-15T13:10:00-04:00'
    assert.deepEqual(await instants(`${instant}&location=${desk.world.newYork}`), ['2027-03-15T17:15:00Z'])
    const [first] = await next('service=wellness-exam')
    assert.ok(Date.parse(first?.startsAt as string) - Date.now() < 4 * 86_400_000)
    assert.deepEqual((await next('service=wellness-exam&from=2020-01-01'))[0], first)
    assert.deepEqual((await next('service=wellness-exam&from=2020-01-01T00:00:00Z'))[0], first)
  })

  it('keep to the calendar of each location also on the day that is not everywhere the same', async () => {
    const [honolulu, auckland] = [await addPlace('Pacific/Honolulu'), await addPlace('Pacific/Auckland')]
    const bath = { slug: 'bath', kind: 'grooming', durationMinutes: 60, stepMinutes: 240, leadMinutes: 0 }
    await desk.make('/services', bath)
    await addGroomer('hana', honolulu, 'bath', everyDay('00:00', '24:00'))
    await addGroomer('aroha', auckland, 'bath', everyDay('00:00', '24:00'))
    await desk.freeze('2027-03-15T05:00:00Z')
    try {
      // In Honolulu it is seven in the evening of the fourteenth, whose eight o'clock is free.
      assert.deepEqual(await locals('service=bath&from=2027-03-15&count=3'), [
        '2027-03-15T20:00',
        '2027-03-15T00:00',
        '2027-03-16T00:00',
      ])
      assert.deepEqual(await locals('service=bath&count=1'), ['2027-03-14T20:00'])
    } finally {
      await desk.thaw()
    }

    // The first three days are one question: where the sun rises first, the fourth begins while others have the third.
    await desk.make('/services', { ...bath, slug: 'dawn' })
    const [late, early] = [await addGroomer('kai', honolulu, 'dawn', []), await addGroomer('ari', auckland, 'dawn', [])]
    await desk.make(`/providers/${late}/extra-hours`, { from: '2027-05-03T20:00', to: '2027-05-03T21:00' })
    await desk.make(`/providers/${early}/extra-hours`, { from: '2027-05-04T00:00', to: '2027-05-04T01:00' })
    assert.deepEqual(await locals('service=dawn&from=2027-05-01&count=1'), ['2027-05-04T00:00'])
  })

  it('are found months ahead in a few questions, and no further than 180 days', async () => {
    await desk.make('/services', {
      slug: 'rare',
      kind: 'grooming',
      durationMinutes: 60,
      stepMinutes: 60,
      horizonDays: 730,
    })
    const rare = await desk.addProvider('rare', 'groomer', ['rare'], [])
    const open = (date: string) =>
      desk.make(`/providers/${rare}/extra-hours`, { from: `${date}T09:00`, to: `${date}T10:00` })
    await open('2027-09-10')
    await open('2027-09-11')
    let questions = 0
    const { rows } = house.context.db
    const counting = (statement: { name?: string }) => {
      if (statement.name === 'read-busy') questions++
      return rows(statement as never)
    }
    Object.assign(house.context.db, { rows: counting })
    assert.deepEqual(await locals(`service=rare&from=${MONDAY}`), ['2027-09-10T09:00'])
    Object.assign(house.context.db, { rows })
    assert.ok(questions <= 8, `${questions} questions`)
  })

  it('are found to the last hour of the 180 days, where the day that has it ends elsewhere', async () => {
    const sydney = await desk.make('/locations', { name: 'Petra Sydney', timeZone: 'Australia/Sydney' })
    const terms = { kind: 'grooming', durationMinutes: 60, stepMinutes: 60, horizonDays: 400 }
    await desk.make('/services', { slug: 'far', ...terms })
    const accountId = await desk.make('/staff', { email: 'far@example.test', name: 'Far', roles: ['groomer'] })
    const far = await desk.make('/providers', { accountId, services: ['far'], locationIds: [sydney] })
    await desk.make(`/providers/${far}/extra-hours`, { from: '2027-07-01T09:00', to: '2027-07-01T11:00' })
    // 180 days before 09:30 of that day in Sydney: 09:00 is within them, 10:00 is not.
    assert.deepEqual(await locals('service=far&from=2027-01-01T23:30:00Z'), ['2027-07-01T09:00'])
  })

  it('are those that were asked for: place, person, time of day, weekday', async () => {
    const { newYork, london, drLindAtWork } = desk.world
    assert.deepEqual(await locals(`${exam}&location=${newYork}&fromTime=16:00&count=3`), [
      '2027-03-15T16:00',
      '2027-03-15T16:15',
      '2027-03-15T16:30',
    ])
    assert.deepEqual(await locals(`${exam}&provider=${drLindAtWork}&weekday=3,6&toTime=09:15&count=3`), [
      '2027-03-17T09:00',
      '2027-03-20T09:00',
      '2027-03-24T09:00',
    ])
    assert.deepEqual(await locals(`${exam}&provider=${drLindAtWork}&location=${london}`), [])
    const day = await desk.starts(
      `service=wellness-exam&date=${MONDAY}&days=2&weekday=2&fromTime=10:00&toTime=10:30&location=${newYork}`,
    )
    assert.deepEqual(day, ['10:00', '10:15'])
    for (const wrong of ['weekday=8', 'weekday=', 'fromTime=9', 'fromTime=24:00', 'toTime=25:00', 'from=monday'])
      assert.equal((await house.call('GET', `/availability/next?service=wellness-exam&${wrong}`)).status, 400, wrong)
    for (const unknown of [
      'service=none',
      `service=bath&provider=${newYork}`,
      `service=bath&location=${drLindAtWork}`,
    ]) {
      const { status, body } = await house.call('GET', `/availability/next?${unknown}`)
      assert.deepEqual([status, body.code], [422, 'reference.unknown'], unknown)
    }
  })

  it('leave out those at which the pet is elsewhere', async () => {
    const petId = await desk.addPet('Ida')
    await desk.booked('2027-03-22T09:00', { petId, service: 'grooming' })
    const query = `service=wellness-exam&from=2027-03-22T12:00:00Z&location=${desk.world.newYork}&count=1&pet=${petId}`
    assert.equal((await next(query, desk.world.maya))[0]?.localStart, '2027-03-22T10:00:00')
  })

  it('are kept until they change: a strong tag, and by shared caches only for nobody in particular', async () => {
    const path = '/availability?service=grooming&date=2027-03-24'
    const first = await house.call('GET', path)
    const etag = first.headers.get('etag') as string
    assert.match(etag, /^"[\w-]{27}"$/)
    assert.equal(first.headers.get('cache-control'), 'no-cache')
    const again = (as: string | null) => house.call('GET', path, { as, headers: { 'if-none-match': etag } })
    assert.deepEqual([(await again(null)).status, (await again(null)).body], [304, null])
    assert.equal((await again(desk.world.maya)).headers.get('cache-control'), 'private, no-cache')
    await desk.booked('2027-03-24T09:00')
    const changed = await again(null)
    assert.equal(changed.status, 200)
    assert.notEqual(changed.headers.get('etag'), etag)
    assert.match((await house.call('GET', `/availability/next?${exam}`)).headers.get('etag') ?? '', /^"/)
  })

  function addPlace(timeZone: string): Promise<string> {
    return desk.make('/locations', { name: timeZone, timeZone })
  }

  async function addGroomer(name: string, locationId: string, service: string, weekly: unknown[]): Promise<string> {
    const accountId = await desk.make('/staff', { email: `${name}@example.test`, name, roles: ['groomer'] })
    const id = await desk.make('/providers', { accountId, services: [service], locationIds: [locationId] })
    await desk.setHours(id, weekly, locationId)
    return id
  }
})
