import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { routes } from '@petra/contract'
import { assertProblem } from './assert-problem.ts'
import { rawRequest } from './raw-request.ts'
import { type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

describe('problems on the wire', () => {
  let house: House
  let world: World
  let bearer: Record<string, string>

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    world = await populate(house)
    bearer = { authorization: `Bearer ${await house.signIn(world.maya)}` }
  })
  after(() => house[Symbol.asyncDispose]())

  const send = (line: string, headers: Record<string, string> = {}, body = '') =>
    rawRequest(house.url, line, { headers: { ...bearer, ...headers }, body })

  it('have one shape, whatever went wrong', async () => {
    const as = world.maya
    const missing = randomUUIDv7()
    const json = { 'content-type': 'application/json' }
    const visit = { petId: world.rex, service: 'grooming', locationId: world.newYork }
    assertProblem(await send('POST /pets', json, '{'), 400, 'request.malformed')
    assertProblem(await send('GET /pets/%zz'), 400, 'request.malformed')
    assertProblem(await house.call('POST', '/pets', { as, body: {} }), 400, 'request.invalid')
    assertProblem(await house.call('GET', '/me'), 401, 'auth.required')
    const wrong = { email: 'maya@example.test', password: 'not hers at all' }
    assertProblem(await house.call('POST', '/auth/login', { body: wrong }), 401, 'auth.invalid-credentials')
    assertProblem(
      await house.call('POST', '/auth/refresh', { body: { refreshToken: 'x' } }),
      401,
      'auth.refresh-rejected',
    )
    assertProblem(await house.call('GET', '/audit-events', { as }), 403, 'auth.forbidden')
    assertProblem(await house.call('GET', `/pets/${missing}`, { as }), 404, 'resource.not-found')
    assertProblem(await house.call('GET', '/no/such/path', { as }), 404, 'resource.not-found')
    assertProblem(await house.call('PUT', '/pets', { as, body: {} }), 405, 'method.not-allowed')
    const staff = { email: 'maya@example.test', name: 'Maya', roles: ['groomer'] }
    assertProblem(await house.call('POST', '/staff', { as: world.ada, body: staff }), 409, 'resource.conflict')
    const stale = { as, body: { name: 'Max' }, headers: { 'if-match': '"x"' } }
    assertProblem(await house.call('PATCH', `/pets/${world.rex}`, stale), 412, 'resource.stale')
    assertProblem(await send('POST /pets', { 'content-type': 'text/plain' }, 'x'), 415, 'media-type.unsupported')
    const nowhere = { ...visit, locationId: missing, startsAt: '2027-03-15T09:00' }
    assertProblem(await house.call('POST', '/appointments', { as, body: nowhere }), 422, 'reference.unknown')
    const night = { ...visit, startsAt: '2027-03-15T03:00' }
    assertProblem(await house.call('POST', '/appointments', { as, body: night }), 422, 'appointment.not-bookable')
  })

  it('of a schema say where and what, and never more than twenty times', async () => {
    const bad = await house.call('POST', '/pets', {
      as: world.maya,
      body: { species: 'dragon', weightGrams: 0, birthDate: '2027-02-30', 'a/b~c': 1 },
    })
    const messages = Object.fromEntries(
      bad.body.errors.map((e: { pointer: string; message: string }) => [e.pointer, e.message]),
    )
    assert.deepEqual(Object.keys(messages).toSorted(), [
      '/body/a~1b~0c',
      '/body/birthDate',
      '/body/name',
      '/body/species',
      '/body/weightGrams',
    ])
    assert.equal(messages['/body/name'], 'is required')
    assert.match(messages['/body/species'], /^must be one of dog, cat/)
    const query = await house.call('GET', '/pets?limit=0&colour=red', { as: world.maya })
    assert.deepEqual(query.body.errors.map((e: { pointer: string }) => e.pointer).toSorted(), [
      '/query/colour',
      '/query/limit',
    ])
    const params = await house.call('GET', '/pets/rex', { as: world.maya })
    assert.equal(params.body.errors[0].pointer, '/params/petId')
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`field${i}`, i]))
    assert.equal((await house.call('POST', '/pets', { as: world.maya, body: many })).body.errors.length, 20)
  })

  it('meet every field that an operation does not know, in body and query', async () => {
    for (const route of routes) {
      const path = route.url.replace(/\{\w+\}/g, world.rex)
      const answer = await house.call(route.method, `${path}?access_token=x`, { as: world.ada })
      const expected = 'public' in route || answer.status !== 403 ? 400 : 403
      assert.equal(answer.status, expected, route.operationId)
    }
    for (const [method, path] of [
      ['POST', '/pets'],
      ['PATCH', '/me'],
      ['POST', '/appointments'],
    ] as const) {
      const { body } = await house.call(method, path, { as: world.maya, body: { isAdmin: true } })
      assert.ok(body.errors.some((e: { pointer: string }) => e.pointer === '/body/isAdmin'))
    }
  })

  it('challenge by RFC 6750: an error is named only for a token that came', async () => {
    const challenge = async (headers: Record<string, string>) =>
      (await rawRequest(house.url, 'GET /me', { headers })).headers.get('www-authenticate')
    assert.equal(await challenge({}), 'Bearer realm="petra"')
    assert.equal(await challenge({ authorization: 'Basic bWF5YTp4' }), 'Bearer realm="petra"')
    assert.equal(await challenge({ authorization: 'Bearer ey.ey.ey' }), 'Bearer realm="petra", error="invalid_token"')
  })

  it('do not meet whoever calls what is open to all with a token that has run out', async () => {
    const expired = { authorization: 'Bearer ey.ey.ey' }
    assert.equal((await house.call('GET', '/services', { headers: expired })).status, 200)
    const credentials = { email: 'nobody@example.test', password: 'good dog, stay safe' }
    const answer = await house.call('POST', '/auth/login', { headers: expired, body: credentials })
    assert.equal(answer.body.code, 'auth.invalid-credentials')
    const search = await house.call('GET', `/availability?service=grooming&date=2027-03-15&pet=${world.rex}`, {
      headers: expired,
    })
    assert.equal(search.status, 401)
  })
})
