import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertProblem } from './assert-problem.ts'
import { rawRequest } from './raw-request.ts'
import { type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

const MEBIBYTE = 1_048_576

describe('a request', () => {
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

  it('with a method that its path does not have is told of those it has', async () => {
    const cases = [
      ['/pets', ['GET', 'HEAD', 'POST']],
      ['/auth/login', ['POST']],
      [`/pets/${world.rex}`, ['DELETE', 'GET', 'HEAD', 'PATCH', 'PUT']],
      [`/appointments/${world.rex}/check-in`, ['POST']],
      ['/openapi.json', ['GET', 'HEAD']],
      ['/docs', ['GET', 'HEAD']],
      ['/docs/console.js', ['GET', 'HEAD']],
      ['/metrics', ['GET', 'HEAD']],
      ['/unsubscribe/x/y', ['GET', 'HEAD', 'POST']],
      ['/go', ['GET', 'HEAD']],
    ] as const
    for (const [path, allowed] of cases) {
      const others = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].filter(
        (m) => !allowed.includes(m as never),
      )
      for (const method of others) {
        const answer = await rawRequest(house.url, `${method} ${path}`)
        assert.equal(answer.status, 405, `${method} ${path}`)
        assert.deepEqual(answer.headers.get('allow')?.split(', ').toSorted(), allowed)
      }
    }
  })

  it('for HEAD is answered as GET is, without the body', async () => {
    const got = await send(`GET /pets/${world.rex}`)
    const head = await send(`HEAD /pets/${world.rex}`)
    assert.deepEqual([head.status, head.body], [200, ''])
    for (const field of ['etag', 'content-length', 'content-type', 'cache-control']) {
      assert.equal(head.headers.get(field), got.headers.get(field), field)
    }
    const etag = head.headers.get('etag') as string
    assert.equal((await send(`HEAD /pets/${world.rex}`, { 'if-none-match': etag })).status, 304)
    assert.equal((await rawRequest(house.url, 'HEAD /me')).status, 401)
  })

  it('is refused with a body of more than a mebibyte, and read with one of exactly that', async () => {
    const sized = (bytes: number) => `{"name":"${'x'.repeat(bytes - 11)}"}`
    const json = { 'content-type': 'application/json' }
    assertProblem(await send('POST /pets', json, sized(MEBIBYTE)), 400, 'request.invalid')
    assertProblem(await send('POST /pets', json, sized(MEBIBYTE + 1)), 413, 'body.too-large')
    const chunks = `${(MEBIBYTE + 1).toString(16)}\r\n${sized(MEBIBYTE + 1)}\r\n0\r\n\r\n`
    assertProblem(await send('POST /pets', { ...json, 'transfer-encoding': 'chunked' }, chunks), 413, 'body.too-large')
  })

  it('is refused in a media type that is not JSON', async () => {
    const body = '{"name":"Rex","species":"dog"}'
    const refused = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      'application/json; charset=iso-8859-1',
      'application/merge-patch+json',
      'Application/Merge-Patch+JSON',
      'application/jsonp',
      'application/vnd.api+json',
      'text/plain, application/json',
      'json',
      '',
    ]
    for (const type of refused) {
      assertProblem(await send('POST /pets', { 'content-type': type }, body), 415, 'media-type.unsupported')
    }
    assertProblem(await send('POST /pets', {}, body), 415, 'media-type.unsupported')
    assertProblem(
      await send(`DELETE /pets/${world.rex}`, { 'content-type': 'text/plain' }, 'x'),
      415,
      'media-type.unsupported',
    )
    const accepted = [
      'application/json',
      'application/JSON',
      'application/json; charset=utf-8',
      'application/json;charset="UTF-8"',
    ]
    for (const type of accepted)
      assert.equal((await send('POST /pets', { 'content-type': type }, body)).status, 201, type)
    const patch = { 'content-type': 'application/merge-patch+json' }
    assert.equal((await send(`PATCH /pets/${world.rex}`, patch, '{"color":"black"}')).status, 200)
  })

  it('is refused with a body where none is taken, but for GET, whose body means nothing', async () => {
    const json = { 'content-type': 'application/json' }
    const deleted = await send(`DELETE /pets/${world.rex}`, json, '{"reason":"gone"}')
    assertProblem(deleted, 400, 'request.invalid')
    assert.equal(deleted.body.errors[0].pointer, '/body')
    const confirmation = `POST /appointments/${world.rex}/confirmation`
    assertProblem(await send(confirmation, json, '{"force":true}'), 400, 'request.invalid')
    assert.equal((await send('GET /me', json, '{"x":1}')).status, 200)
  })
})
