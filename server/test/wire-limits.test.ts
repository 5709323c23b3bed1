import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { routes } from '@petra/contract'
import { rawRequest } from './raw-request.ts'
import { type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

describe('limits', () => {
  /** Windows are minutes of the clock: what must be counted in one begins early in it. */
  async function awaitRoomInMinute(): Promise<void> {
    const left = 60_000 - (Date.now() % 60_000)
    if (left < 8_000) await new Promise((done) => setTimeout(done, left + 50))
  }

  it('are told with every answer, and kept per account', async () => {
    await using house = await openHouse({ RATE_LIMIT_PER_ACCOUNT: '5' })
    const [maya = '', sam = ''] = await addAccounts(house)
    await awaitRoomInMinute()
    const answers = []
    for (let i = 0; i < 6; i++) answers.push(await house.call('GET', '/me', { as: maya }))
    const told = answers.map(({ headers }) => headers.get('ratelimit')?.replace(/t=\d+/, 't'))
    assert.deepEqual(
      told,
      [4, 3, 2, 1, 0, 0].map((left) => `"account";r=${left};t`),
    )
    assert.ok(answers.every(({ headers }) => headers.get('ratelimit-policy') === '"account";q=5;w=60'))
    const refused = answers[5]
    assert.deepEqual([refused?.status, refused?.body.code], [429, 'rate.limited'])
    const seconds = Number(refused?.headers.get('retry-after'))
    assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60)
    assert.equal((await house.call('GET', '/me', { as: sam })).status, 200)
  })

  it('are kept per address for whoever has not signed in', async () => {
    await using house = await openHouse({ RATE_LIMIT_PER_ADDRESS: '3' })
    await awaitRoomInMinute()
    const answers = []
    for (let i = 0; i < 4; i++) answers.push(await house.call('GET', '/services'))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 429],
    )
    assert.match(answers[0]?.headers.get('ratelimit') ?? '', /^"address";r=2;t=\d+$/)
    assert.equal((await house.call('GET', '/me', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status, 429)
  })

  it('are not told when they are off', async () => {
    await using house = await openHouse({ RATE_LIMIT: 'off' })
    assert.equal((await house.call('GET', '/services')).headers.get('ratelimit'), null)
  })

  async function addAccounts(house: House): Promise<string[]> {
    return Promise.all(
      ['maya', 'sam'].map(async (name) => {
        const body = { email: `${name}@example.test`, password: 'good dog, stay safe', name }
        await house.call('POST', '/auth/register', { body })
        return (await house.sql('select id from accounts where name = $1', [name]))[0].id
      }),
    )
  }
})

describe('every answer', () => {
  let house: House
  let world: World
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', CORS_ORIGINS: 'https://app.example,https://desk.example' })
    world = await populate(house)
  })
  after(() => house[Symbol.asyncDispose]())

  it('carries an X-Request-Id of its own, which the caller does not choose', async () => {
    const lines = [
      'GET /me',
      'GET /no/such/path',
      'GET /pets/%zz',
      'GET /',
      'PUT /pets',
      'GET /docs',
      'GET /openapi.json',
      'OPTIONS /x',
      'G(T /',
    ]
    const ids = await Promise.all(
      lines.map(async (line) =>
        (await rawRequest(house.url, line, { headers: { 'x-request-id': 'mine' } })).headers.get('x-request-id'),
      ),
    )
    for (const [i, id] of ids.entries()) assert.match(id ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-7/, lines[i] ?? '')
    assert.equal(new Set(ids).size, ids.length)
  })

  it('takes a token from the Authorization field only', async () => {
    const token = await house.signIn(world.maya)
    assert.equal((await house.call('GET', `/me?access_token=${token}`)).status, 401)
    assert.equal((await house.call('GET', `/pets?access_token=${token}`, { as: world.maya })).status, 400)
    const elsewhere = {
      cookie: `access_token=${token}`,
      'x-access-token': token,
      'proxy-authorization': `Bearer ${token}`,
    }
    for (const [name, value] of Object.entries(elsewhere)) {
      assert.equal((await rawRequest(house.url, 'GET /me', { headers: { [name]: value } })).status, 401, name)
    }
  })

  it('may be read by the origins that are named, and no others', async () => {
    const ask = (origin: string, line = 'GET /services', more = {}) =>
      rawRequest(house.url, line, { headers: { origin, ...more } })
    assert.equal((await ask('https://desk.example')).headers.get('access-control-allow-origin'), 'https://desk.example')
    for (const origin of ['https://evil.example', 'https://app.example.evil.example', 'http://app.example', 'null']) {
      assert.equal((await ask(origin)).headers.get('access-control-allow-origin'), null, origin)
    }
    assert.equal((await ask('https://app.example')).headers.get('access-control-allow-credentials'), null)
    for (const { url } of routes) {
      const path = url.replace(/\{\w+\}/g, world.rex)
      const preflight = await ask('https://app.example', `OPTIONS ${path}`, {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type, idempotency-key',
      })
      assert.equal(preflight.status, 204, path)
      assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /PATCH/)
      assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /idempotency-key/)
    }
    assert.match(
      (await ask('https://app.example')).headers.get('access-control-expose-headers') ?? '',
      /ETag.*Idempotency-Replayed/,
    )
  })

  it('may be read by no foreign origin where none is named', async () => {
    await using closed = await openHouse({ RATE_LIMIT: 'off' })
    const answer = await rawRequest(closed.url, 'GET /services', { headers: { origin: 'https://app.example' } })
    assert.equal(answer.headers.get('access-control-allow-origin'), null)
  })

  it('is guarded against being sniffed, framed or scripted', async () => {
    for (const path of ['/docs', '/services', '/no/such/path']) {
      const { headers } = await house.call('GET', path)
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
      assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN', path)
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'self'/, path)
      assert.equal(headers.get('x-powered-by'), null)
    }
  })
})
