import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

describe('entity tags, locations and caches', () => {
  let house: House
  let world: World
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    world = await populate(house)
  })
  after(() => house[Symbol.asyncDispose]())

  const rex = () => `/pets/${world.rex}`
  const etagOf = async (path: string, as: string) =>
    (await house.call('GET', path, { as })).headers.get('etag') as string

  it('tags single resources strongly, and lists and sessions not at all', async () => {
    assert.match(await etagOf(rex(), world.maya), /^"[\w-]{27}"$/)
    assert.equal((await house.call('GET', '/pets', { as: world.maya })).headers.get('etag'), null)
    const session = await house.call('POST', '/auth/refresh', { body: { refreshToken: 'x' } })
    assert.equal(session.headers.get('etag'), null)
  })

  it('answers 304 without a body to whoever has the resource as it is', async () => {
    const etag = await etagOf(rex(), world.maya)
    for (const field of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await house.call('GET', rex(), { as: world.maya, headers: { 'if-none-match': field } })
      assert.deepEqual([answer.status, answer.body, answer.headers.get('etag')], [304, null, etag], field)
    }
    for (const field of ['"other"', etag.replaceAll('"', ''), '']) {
      const answer = await house.call('GET', rex(), { as: world.maya, headers: { 'if-none-match': field } })
      assert.equal(answer.status, 200, field)
    }
  })

  it('gives another tag to what another person sees', async () => {
    const visit = { petId: world.rex, service: 'grooming', startsAt: '2027-03-15T09:00', locationId: world.newYork }
    await house.call('POST', '/appointments', { as: world.maya, body: visit })
    assert.notEqual(await etagOf(rex(), world.tomas), await etagOf(rex(), world.maya))
  })

  it('changes a resource only as it was read', async () => {
    const put = (etag: string, body: object = { name: 'Rex', species: 'dog' }) =>
      house.call('PUT', rex(), { as: world.maya, body, headers: { 'if-match': etag } })
    const first = await etagOf(rex(), world.maya)
    const changed = await put(first, { name: 'Rexy', species: 'dog' })
    assert.equal(changed.status, 200)
    assert.equal(changed.headers.get('etag'), await etagOf(rex(), world.maya))
    for (const stale of [first, `W/${changed.headers.get('etag')}`, '""', 'x'])
      assert.equal((await put(stale)).status, 412, stale)
    for (const fresh of [`"other", ${changed.headers.get('etag')}`]) assert.equal((await put(fresh)).status, 200)
    assert.equal((await put('*')).status, 200)
    for (const method of ['PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { color: 'red' } : undefined
      const answer = await house.call(method, rex(), { as: world.maya, body, headers: { 'if-match': first } })
      assert.equal(answer.status, 412, method)
    }
    assert.equal((await house.call('GET', rex(), { as: world.maya })).body.color, null)
  })

  it('tells a stranger nothing by 412 that it does not tell by 404', async () => {
    const answer = await house.call('PUT', rex(), {
      as: world.sam,
      body: { name: 'x', species: 'dog' },
      headers: { 'if-match': '"x"' },
    })
    assert.equal(answer.status, 404)
  })

  it('says with 201 where the new resource is, and what it is tagged', async () => {
    const start = { petId: world.rex, service: 'grooming', startsAt: '2027-03-15T12:00', locationId: world.newYork }
    for (const [path, body] of [
      ['/pets', { name: 'Bo', species: 'dog' }],
      ['/appointments', start],
    ] as const) {
      const made = await house.call('POST', path, { as: world.maya, body })
      const got = await house.call('GET', made.headers.get('location') as string, { as: world.maya })
      assert.deepEqual(got.body, made.body)
      assert.equal(got.headers.get('etag'), made.headers.get('etag'))
    }
    const record = { type: 'note', occurredOn: '2026-11-01', description: 'Ate a sock.' }
    const written = await house.call('POST', `${rex()}/medical-records`, { as: world.maya, body: record })
    assert.equal((await house.call('GET', written.headers.get('location') as string, { as: world.maya })).status, 200)
    const registered = await house.call('POST', '/auth/register', {
      body: { email: 'new@example.test', password: 'good dog, stay safe', name: 'New' },
    })
    assert.equal(registered.headers.get('location'), '/me')
  })

  it('is kept by no cache where it holds tokens or records', async () => {
    const credentials = { email: 'new@example.test', password: 'good dog, stay safe' }
    const session = await house.call('POST', '/auth/login', { body: credentials })
    const renewed = await house.call('POST', '/auth/refresh', { body: { refreshToken: session.body.refreshToken } })
    const records = await house.call('GET', `${rex()}/medical-records`, { as: world.maya })
    const trail = await house.call('GET', '/audit-events', { as: world.ada })
    for (const answer of [session, renewed, records, trail]) {
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
    }
    assert.match((await house.call('GET', rex(), { as: world.maya })).headers.get('cache-control') ?? '', /private/)
  })
})
