import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse()
  world = await populate(house)
})

after(() => house[Symbol.asyncDispose]())

const post = (path: string, body: unknown, as = world.ada) => house.call('POST', path, { as, body })
const put = (path: string, body: unknown, headers = {}) => house.call('PUT', path, { as: world.ada, body, headers })
const nowhere = '01980a6e-0c00-7000-8000-00000000dead'
const hostile = `'); drop table services; -- <script>\u202e"\\%_ ${'é'.repeat(60)}`

async function lastEvent(name: string) {
  const [event] = await house.sql(
    'select actor_id, resource_type, resource_id, payload from events where name = $1 order by id desc limit 1',
    [name],
  )
  return event
}

describe('locations', () => {
  const body = { name: 'Petra Harbour', timeZone: 'Australia/Sydney' }

  it('are added with the defaults of what is left out, and recorded', async () => {
    const { status, body: location, headers } = await post('/locations', body)
    assert.equal(status, 201)
    assert.deepEqual(location, {
      ...body,
      id: location.id,
      address: null,
      vaccinationPolicy: 'us',
      requiredVaccines: [],
      travelMinutes: 0,
    })
    assert.equal(headers.get('location'), `/locations/${location.id}`)
    assert.deepEqual(await lastEvent('location.created'), {
      actor_id: world.ada,
      resource_type: 'location',
      resource_id: location.id,
      payload: null,
    })
  })

  it('are replaced whole, recording which fields changed', async () => {
    const { body: made, headers } = await post('/locations', {
      ...body,
      address: 'Pier 1',
      requiredVaccines: ['rabies'],
    })
    const change = { ...body, name: hostile }
    const fresh = await put(`/locations/${made.id}`, change, { 'if-match': headers.get('etag') })
    assert.equal(fresh.status, 200)
    assert.deepEqual(fresh.body, { ...made, name: hostile, address: null, requiredVaccines: [] })
    assert.deepEqual((await lastEvent('location.updated')).payload, { fields: ['name', 'address', 'requiredVaccines'] })
    assert.equal((await put(`/locations/${made.id}`, change, { 'if-match': headers.get('etag') })).status, 412)
  })

  it('that do not exist answer 404', async () => {
    assert.equal((await put(`/locations/${nowhere}`, body)).status, 404)
    assert.equal((await post(`/locations/${nowhere}/resources`, { name: 'Table', kind: 'table' })).status, 404)
  })

  it('refuse a time zone that either calendar does not know', async () => {
    for (const timeZone of ['Mars/Olympus', '+05:00', 'PST', 'US/Pacific-New', "UTC'; --", '']) {
      for (const answer of [
        await post('/locations', { ...body, timeZone }),
        await put(`/locations/${world.london}`, { ...body, timeZone }),
      ]) {
        assert.deepEqual([answer.status, answer.body.errors[0].pointer], [400, '/body/timeZone'], timeZone)
      }
    }
  })

  it('are listed to anyone by name, page by page', async () => {
    const { body: all } = await house.call('GET', '/locations?limit=100')
    const ids: string[] = []
    let cursor = ''
    do {
      const { body: some } = await house.call('GET', `/locations?limit=1${cursor && `&cursor=${cursor}`}`)
      ids.push(...some.items.map(({ id }: { id: string }) => id))
      cursor = some.nextCursor
    } while (cursor !== null)
    assert.ok(all.items.length >= 3)
    assert.deepEqual(
      ids,
      all.items.map(({ id }: { id: string }) => id),
    )
    assert.equal((await house.call('GET', '/locations?cursor=bm9wZQ')).status, 400)
  })

  it('hold rooms, tables and machines, one of a name', async () => {
    const table = { name: 'Table 1', kind: 'grooming-table' }
    const { status, body: made } = await post(`/locations/${world.newYork}/resources`, table)
    assert.equal(status, 201)
    assert.deepEqual(made, { ...table, id: made.id, locationId: world.newYork })
    assert.deepEqual((await lastEvent('resource.created')).payload, { locationId: world.newYork })
    assert.equal((await post(`/locations/${world.newYork}/resources`, table)).body.code, 'resource.conflict')
    assert.equal((await post(`/locations/${world.london}/resources`, table)).status, 201)
  })
})

describe('services', () => {
  it('are named after their slug and take the defaults of what is left out', async () => {
    const { status, body } = await post('/services', { slug: 'nail-trim', kind: 'grooming', durationMinutes: 20 })
    assert.equal(status, 201)
    const { id, ...rest } = body
    assert.deepEqual(rest, {
      slug: 'nail-trim',
      name: 'Nail trim',
      kind: 'grooming',
      providerRole: 'groomer',
      durationMinutes: 20,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      stepMinutes: 15,
      leadMinutes: 60,
      horizonDays: 180,
      cancellationHours: 24,
      reminderHours: [168, 24],
      resourceKinds: [],
      durations: [],
      requiresApproval: false,
      active: true,
    })
    assert.equal((await lastEvent('service.created')).resource_id, id)
  })

  it('have one slug each: of requests at once one is made, the others are refused', async () => {
    const body = { slug: 'bath', kind: 'grooming', durationMinutes: 30 }
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/services', body)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(7).fill(409)])
    assert.ok(answers.every(({ status, body: { code } }) => status === 201 || code === 'resource.conflict'))
  })

  it('are replaced whole, and refused the slug of another', async () => {
    const { body: made } = await post('/services', {
      slug: 'dental',
      kind: 'veterinary',
      durationMinutes: 60,
      stepMinutes: 30,
    })
    const body = {
      slug: 'dental-cleaning',
      name: hostile,
      kind: 'veterinary',
      durationMinutes: 90,
      resourceKinds: ['surgery'],
    }
    const { status, body: replaced } = await put(`/services/${made.id}`, body)
    assert.equal(status, 200)
    assert.deepEqual(replaced, { ...made, ...body, stepMinutes: 15 })
    assert.deepEqual(
      new Set((await lastEvent('service.updated')).payload.fields),
      new Set(['slug', 'name', 'durationMinutes', 'stepMinutes', 'resourceKinds']),
    )
    assert.equal((await put(`/services/${made.id}`, { ...body, slug: 'grooming' })).body.code, 'resource.conflict')
    assert.equal((await put(`/services/${nowhere}`, body)).status, 404)
    assert.equal((await put(`/services/${made.id}`, body, { 'if-match': '"stale"' })).status, 412)
  })

  it('keep their kind while providers of its role perform them', async () => {
    const { body: list } = await house.call('GET', '/services')
    const grooming = list.items.find(({ slug }: { slug: string }) => slug === 'grooming')
    const answer = await put(`/services/${grooming.id}`, { slug: 'grooming', kind: 'veterinary', durationMinutes: 60 })
    assert.equal(answer.body.code, 'resource.conflict')
  })

  it('refuse numbers out of bounds and steps that do not divide the day', async () => {
    const good = { slug: 'odd', kind: 'grooming', durationMinutes: 60 }
    for (const wrong of [
      { durationMinutes: 0 },
      { durationMinutes: 1441 },
      { durationMinutes: '60' },
      { stepMinutes: 7 },
      { stepMinutes: 0 },
      { horizonDays: 731 },
      { bufferAfterMinutes: -1 },
      { leadMinutes: 43_201 },
      { slug: 'Not A Slug' },
      { slug: nowhere },
      { name: 'a\u0000b' },
      { resourceKinds: ['x', 'x'] },
      { providerRole: 'groomer' },
    ]) {
      const { status, body } = await post('/services', { ...good, ...wrong })
      assert.equal(status, 400, JSON.stringify(wrong))
      assert.equal(body.errors[0].pointer.split('/')[2], Object.keys(wrong)[0])
    }
    assert.equal((await post('/services', '{"slug":"odd","kind":"grooming","durationMinutes":1e400}')).status, 400)
  })

  it('are listed to anyone by slug', async () => {
    const { body } = await house.call('GET', '/services?limit=2')
    assert.deepEqual(
      body.items.map(({ slug }: { slug: string }) => slug),
      ['bath', 'dental-cleaning'],
    )
    const { body: next } = await house.call('GET', `/services?limit=2&cursor=${body.nextCursor}`)
    assert.deepEqual(
      next.items.map(({ slug }: { slug: string }) => slug),
      ['grooming', 'nail-trim'],
    )
  })
})

it('is written by admins only', async () => {
  const location = { name: 'Shed', timeZone: 'UTC' }
  const writes = [
    ['POST', '/locations', location],
    ['PUT', `/locations/${world.newYork}`, location],
    ['POST', `/locations/${world.newYork}/resources`, { name: 'Tub', kind: 'tub' }],
    ['POST', '/services', { slug: 'mine', kind: 'grooming', durationMinutes: 1 }],
    ['PUT', `/services/${randomUUIDv7()}`, { slug: 'mine', kind: 'grooming', durationMinutes: 1 }],
    ['POST', '/providers', { accountId: world.tomas, services: [], locationIds: [] }],
    ['PUT', `/providers/${world.tomasAtWork}`, { accountId: world.tomas, services: [], locationIds: [] }],
  ] as const
  for (const [method, path, body] of writes) {
    for (const as of [world.maya, world.tomas, world.drLind, world.ines]) {
      assert.equal((await house.call(method, path, { as, body })).status, 403, `${method} ${path}`)
    }
    assert.equal((await house.call(method, path, { body })).status, 401, `${method} ${path}`)
  }
})
