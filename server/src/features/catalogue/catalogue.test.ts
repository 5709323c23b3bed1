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
    assert.deepEqual(location, { ...body, id: location.id, address: null, vaccinationPolicy: 'us', requiredVaccines: [] })
    assert.equal(headers.get('location'), `/locations/${location.id}`)
    assert.deepEqual(await lastEvent('location.created'), {
      actor_id: world.ada,
      resource_type: 'location',
      resource_id: location.id,
      payload: null,
    })
  })

  it('are replaced whole, recording which fields changed', async () => {
    const { body: made, headers } = await post('/locations', { ...body, address: 'Pier 1', requiredVaccines: ['rabies'] })
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
    assert.equal((await post('/locations', { ...body, timeZone: 'Mars/Olympus' })).status, 400)
    assert.equal((await put(`/locations/${world.london}`, { ...body, timeZone: '+05:00' })).status, 400)
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
    assert.deepEqual(ids, all.items.map(({ id }: { id: string }) => id))
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
      resourceKinds: [],
      requiresApproval: false,
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
    const { body: made } = await post('/services', { slug: 'dental', kind: 'veterinary', durationMinutes: 60, stepMinutes: 30 })
    const body = { slug: 'dental-cleaning', name: hostile, kind: 'veterinary', durationMinutes: 90, resourceKinds: ['surgery'] }
    const { status, body: replaced } = await put(`/services/${made.id}`, body)
    assert.equal(status, 200)
    assert.deepEqual(replaced, { ...made, ...body, stepMinutes: 15 })
    assert.deepEqual(new Set((await lastEvent('service.updated')).payload.fields), new Set(['slug', 'name', 'durationMinutes', 'stepMinutes', 'resourceKinds']))
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
      { leadMinutes: 1e400 },
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
  })

  it('are listed to anyone by slug', async () => {
    const { body } = await house.call('GET', '/services?limit=2')
    assert.deepEqual(body.items.map(({ slug }: { slug: string }) => slug), ['bath', 'dental-cleaning'])
    const { body: next } = await house.call('GET', `/services?limit=2&cursor=${body.nextCursor}`)
    assert.deepEqual(next.items.map(({ slug }: { slug: string }) => slug), ['grooming', 'nail-trim'])
  })
})

describe('providers', () => {
  let nameless = 0
  const staff = async (...roles: string[]) =>
    (await post('/staff', { email: `p${++nameless}@example.test`, name: `Pat ${nameless}`, roles })).body.id as string

  it('bear the name of their account and the role that its services ask for', async () => {
    const accountId = await staff('veterinarian', 'groomer')
    const body = { accountId, services: ['grooming'], locationIds: [world.newYork, world.london] }
    const { status, body: made } = await post('/providers', body)
    assert.equal(status, 201)
    const locationIds = [world.newYork, world.london].sort()
    assert.deepEqual(made, { id: made.id, name: `Pat ${nameless}`, role: 'groomer', services: ['grooming'], locationIds })
    assert.deepEqual((await lastEvent('provider.created')).payload, { accountId })
    await house.call('PATCH', '/me', { as: accountId, body: { name: 'Aaron' } })
    const { body: list } = await house.call('GET', '/providers')
    assert.deepEqual([list.items[0].id, list.items[0].name], [made.id, 'Aaron'])
  })

  it('are one to an account, also when asked for at once', async () => {
    const body = { accountId: await staff('groomer'), services: [], locationIds: [] }
    const answers = await Promise.all([post('/providers', body), post('/providers', body)])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409])
  })

  it('are refused what does not exist, with a pointer to each', async () => {
    const locationIds = [world.newYork, nowhere]
    const { status, body } = await post('/providers', { accountId: nowhere, services: ['grooming', 'magic'], locationIds })
    assert.equal(status, 422)
    assert.equal(body.code, 'reference.unknown')
    assert.deepEqual(body.errors.map(({ pointer }: { pointer: string }) => pointer), ['/body/accountId', '/body/services/1', '/body/locationIds/1'])
  })

  it('are refused services that their account has no role for', async () => {
    const wanted = { accountId: world.maya, services: ['grooming'], locationIds: [world.newYork] }
    assert.equal((await post('/providers', wanted)).body.errors[0].pointer, '/body/accountId')
    const vetsWork = { accountId: world.tomas, services: ['grooming', 'wellness-exam'], locationIds: [world.newYork] }
    const { status, body } = await put(`/providers/${world.tomasAtWork}`, vetsWork)
    assert.equal(status, 422)
    assert.equal(body.errors[0].pointer, '/body/services/1')
  })

  it('are replaced whole: services, role and locations', async () => {
    const accountId = await staff('veterinarian', 'groomer')
    const { body: made } = await post('/providers', { accountId, services: ['grooming', 'bath'], locationIds: [world.newYork] })
    const body = { accountId, services: ['wellness-exam'], locationIds: [world.london] }
    const { status, body: replaced, headers } = await put(`/providers/${made.id}`, body)
    assert.equal(status, 200)
    assert.deepEqual(replaced, { ...made, role: 'veterinarian', services: ['wellness-exam'], locationIds: [world.london] })
    assert.deepEqual((await lastEvent('provider.updated')).payload, { fields: ['role', 'services', 'locationIds'] })
    assert.equal((await put(`/providers/${made.id}`, body, { 'if-match': headers.get('etag') })).status, 200)
    assert.equal((await put(`/providers/${made.id}`, body, { 'if-match': '"stale"' })).status, 412)
    assert.equal((await put(`/providers/${made.id}`, { ...body, accountId: world.drLind })).status, 409)
    assert.equal((await put(`/providers/${nowhere}`, body)).status, 404)
  })

  it('are listed by service, slug or id, and by location', async () => {
    const names = async (query: string) => {
      const { status, body } = await house.call('GET', `/providers?${query}`)
      assert.equal(status, 200)
      return body.items.map(({ name }: { name: string }) => name)
    }
    const { body: services } = await house.call('GET', '/services?limit=100')
    const exam = services.items.find(({ slug }: { slug: string }) => slug === 'wellness-exam').id
    assert.deepEqual(await names('service=grooming'), ['Aaron', 'Tomas'])
    assert.deepEqual(await names(`service=wellness-exam&location=${world.newYork}`), ['Dr. Lind'])
    assert.deepEqual(await names(`service=${exam.toUpperCase()}&location=${world.newYork}`), ['Dr. Lind'])
    assert.deepEqual(await names(`service=magic`), [])
    assert.deepEqual(await names(`service=${encodeURIComponent(`' or true --`)}`), [])
    assert.deepEqual(await names(`location=${nowhere}`), [])
    const { body: first } = await house.call('GET', '/providers?limit=1')
    const { body: second } = await house.call('GET', `/providers?limit=1&cursor=${first.nextCursor}`)
    assert.deepEqual([first, second].map(({ items }) => items[0].name), ['Aaron', 'Dr. Lind'])
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
