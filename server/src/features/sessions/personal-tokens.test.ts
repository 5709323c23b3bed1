import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { crc32 } from 'node:zlib'
import { within } from '../../../test/within.ts'
import { addAccount } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { isPersonalToken } from './personal-token.ts'
import { endSessionsOf } from './queries/sessions.ts'
import { openProcesses, type Processes } from './test-processes.ts'

describe('a personal access token', () => {
  let processes: Processes
  let maya: string
  let sam: string
  before(async () => {
    processes = await openProcesses()
    maya = await addAccount(processes.house, 'Maya')
    sam = await addAccount(processes.house, 'Sam')
  })
  after(() => processes[Symbol.asyncDispose]())
  beforeEach(() => processes.house.setClockAhead('0'))

  const wanted = { name: 'Door display', scopes: ['pets:read'], expiresInDays: 30 }
  const make = async (as: string, more: object = {}) => {
    const { status, body, headers } = await processes.house.call('POST', '/me/tokens', {
      as,
      body: { ...wanted, ...more },
    })
    assert.equal(status, 201, JSON.stringify(body))
    assert.equal(headers.get('cache-control'), 'no-store')
    return body as { id: string; token: string; expiresAt: string; createdAt: string }
  }
  const by = (token: string, method: string, path: string, body?: unknown) =>
    processes.house.call(method, path, { body, headers: { authorization: `Bearer ${token}` } })
  const warm = async (token: string) => {
    for (const url of processes.urls) assert.equal(await processes.asked(url, token, 'GET', '/pets'), 200)
  }

  async function refusedEverywhere(token: string, ms = 2_000): Promise<void> {
    await within(ms, async () => {
      const statuses = await Promise.all(processes.urls.map((url) => processes.asked(url, token, 'GET', '/pets')))
      return statuses.every((status) => status === 401)
    })
  }

  it('does what its scopes carry, in the name of its account, and the trail says by which token', async () => {
    const { id, token } = await make(maya, { scopes: ['pets:read', 'pets:write'] })
    const made = await by(token, 'POST', '/pets', { name: 'Rex', species: 'dog' })
    assert.equal(made.status, 201)
    assert.equal(made.body.owners[0].id, maya)
    const [event] = await processes.house.sql(
      `select actor_id, session_id, token_id from events where name = 'pet.created' and resource_id = $1`,
      [made.body.id],
    )
    assert.deepEqual(event, { actor_id: maya, session_id: null, token_id: id })
  })

  it('is refused where it does not carry the scope, and is told which', async () => {
    const { token } = await make(maya)
    const { status, body, headers } = await by(token, 'POST', '/pets', { name: 'Rex', species: 'dog' })
    assert.deepEqual([status, body.code], [403, 'auth.insufficient-scope'])
    const challenge = 'Bearer realm="petra", error="insufficient_scope", scope="pets:write"'
    assert.equal(headers.get('www-authenticate'), challenge)
  })

  it('never reaches beyond what the roles of its account allow, now', async () => {
    const ada = await addAccount(processes.house, 'Ada', 'admin')
    const wide = { ...wanted, scopes: ['pets:read', 'audit:read', 'owners:write'] }
    const refused = await processes.house.call('POST', '/me/tokens', { as: maya, body: wide })
    assert.deepEqual([refused.status, refused.body.code], [422, 'token.scope-too-wide'])
    assert.deepEqual(
      refused.body.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/body/scopes/1', '/body/scopes/2'],
    )
    const { token } = await make(ada, { scopes: ['audit:read'] })
    assert.equal((await by(token, 'GET', '/audit-events')).status, 200)
    await processes.house.sql(`update accounts set roles = '{owner}' where id = $1`, [ada])
    for (const url of processes.urls)
      await within(2_000, async () => (await processes.asked(url, token, 'GET', '/audit-events')) === 403)
    assert.equal((await by(token, 'GET', '/audit-events')).body.code, 'auth.forbidden')
  })

  it('leaves accounts, sessions and tokens to people', async () => {
    const { body } = await processes.house.call('GET', '/openapi.json')
    const offered: string[] =
      body.components.schemas.NewToken?.properties.scopes.items.enum ??
      body.paths['/me/tokens'].post.requestBody.content['application/json'].schema.properties.scopes.items.enum
    const { token } = await make(maya, {
      scopes: offered.filter((scope) => /^(me|pets|appointments|medical-records):/.test(scope)),
    })
    assert.equal((await by(token, 'GET', '/me')).status, 200)
    for (const [method, path, sent] of [
      ['POST', '/me/tokens', wanted],
      ['GET', '/me/tokens'],
      ['DELETE', `/me/tokens/${crypto.randomUUID()}`],
      ['GET', '/me/sessions'],
      ['DELETE', '/me/sessions'],
      ['DELETE', `/me/sessions/${crypto.randomUUID()}`],
      ['POST', '/auth/logout'],
      ['PATCH', '/me', { name: 'Mallory' }],
    ] as const) {
      const { status, body } = await by(token, method, path, sent)
      assert.deepEqual([status, body.code], [403, 'auth.insufficient-scope'], `${method} ${path}`)
    }
    for (const scope of [
      'me:write',
      'sessions:read',
      'sessions:write',
      'tokens:read',
      'tokens:write',
      'nonsense:read',
    ]) {
      const { status } = await processes.house.call('POST', '/me/tokens', {
        as: maya,
        body: { ...wanted, scopes: [scope] },
      })
      assert.equal(status, 400, scope)
    }
    assert.equal((await processes.house.call('POST', '/auth/refresh', { body: { refreshToken: token } })).status, 401)
  })

  it('is shown once, listed without its secret, and kept as a hash', async () => {
    const noor = await addAccount(processes.house, 'Noor')
    const made = [await make(noor, { name: 'First' }), await make(noor, { name: 'Second' })].toReversed()
    const { body } = await processes.house.call('GET', '/me/tokens', { as: noor })
    assert.deepEqual(
      body.items,
      made.map(({ token, ...shown }) => shown),
    )
    const [{ text }] = await processes.house.sql(
      'select string_agg(t::text, $1) as text from personal_access_tokens t',
      [' '],
    )
    const [{ events }] = await processes.house.sql('select string_agg(e::text, $1) as events from events e', [' '])
    for (const { token } of made) {
      assert.ok(!`${text}${events}`.includes(token.slice('petra_pat_'.length)))
      assert.ok(!`${text}`.includes(Buffer.from(token.slice(10), 'base64url').toString('hex').slice(0, 64)))
    }
    const first = await processes.house.call('GET', '/me/tokens?limit=1', { as: noor })
    const rest = await processes.house.call('GET', `/me/tokens?cursor=${first.body.nextCursor}`, { as: noor })
    assert.deepEqual([...first.body.items, ...rest.body.items], body.items)
    assert.deepEqual((await processes.house.call('GET', '/me/tokens', { as: sam })).body.items, [])
  })

  it('is made anew by no repeated request, for its answer is not kept', async () => {
    const headers = { 'idempotency-key': 'x' }
    const { status, body } = await processes.house.call('POST', '/me/tokens', { as: maya, body: wanted, headers })
    assert.deepEqual([status, body.errors[0].pointer], [400, '/headers/idempotency-key'])
  })

  it('is known by its prefix and checksum to whoever searches for leaked secrets', async () => {
    const { token } = await make(maya)
    assert.match(token, /^petra_pat_[A-Za-z0-9_-]{48}$/)
    const bytes = Buffer.from(token.slice(10), 'base64url')
    assert.equal(bytes.readUInt32BE(32), crc32(Buffer.concat([Buffer.from('petra_pat_'), bytes.subarray(0, 32)])))
    const typo = token.slice(0, 20) + (token[20] === 'A' ? 'B' : 'A') + token.slice(21)
    for (const wrong of [typo, token.slice(0, -1), `${token}A`, token.replace('petra_pat_', 'petra_')]) {
      assert.equal(isPersonalToken(wrong), false, wrong)
      assert.equal((await by(wrong, 'GET', '/pets')).status, 401, wrong)
    }
  })

  it('is refused everywhere within 2 s of being revoked, and only its holder revokes it', async () => {
    const { id, token } = await make(maya)
    await warm(token)
    assert.equal((await processes.house.call('DELETE', `/me/tokens/${id}`, { as: sam })).status, 404)
    const stale = { as: maya, headers: { 'if-match': '"other"' } }
    assert.equal((await processes.house.call('DELETE', `/me/tokens/${id}`, stale)).status, 412)
    assert.equal((await processes.house.call('DELETE', `/me/tokens/${id}`, { as: maya })).status, 204)
    await refusedEverywhere(token)
    assert.equal((await processes.house.call('DELETE', `/me/tokens/${id}`, { as: maya })).status, 404)
  })

  it('ends with its account', async () => {
    const { token } = await make(sam)
    await warm(token)
    await processes.house.sql('update accounts set disabled_at = now() where id = $1', [sam])
    await refusedEverywhere(token)
    await processes.house.sql('update accounts set disabled_at = null where id = $1', [sam])
    await warm(token)
  })

  it('ends when all sessions do, and stays when one is spared', async () => {
    const { token } = await make(maya)
    const { db } = processes.house.context
    const spared = crypto.randomUUID()
    await transact(db, (tx) => endSessionsOf(tx, maya, 'test', spared))
    await warm(token)
    await transact(db, (tx) => endSessionsOf(tx, maya, 'test', null))
    await refusedEverywhere(token)
  })

  it('does not slip through while all sessions end', async () => {
    for (let round = 0; round < 20; round++) {
      const rae = await addAccount(processes.house, `Rae ${round}`)
      const { accessToken } = await processes.newSession(rae)
      const [, ...answers] = await Promise.all([
        transact(processes.house.context.db, (tx) => endSessionsOf(tx, rae, 'test', null)),
        ...Array.from({ length: 4 }, () => by(accessToken, 'POST', '/me/tokens', wanted)),
      ])
      for (const { status } of answers) assert.ok([201, 401].includes(status), `${status}`)
      const left = await processes.house.sql(
        'select from personal_access_tokens where account_id = $1 and revoked_at is null',
        [rae],
      )
      assert.equal(left.length, 0)
    }
  })

  it('expires, and is made for a year at the most', async () => {
    const lea = await addAccount(processes.house, 'Lea')
    const { token, createdAt, expiresAt } = await make(lea, { expiresInDays: 365 })
    assert.equal(Date.parse(expiresAt) - Date.parse(createdAt), 365 * 86_400_000)
    for (const expiresInDays of [0, 366, -1, 1.5]) {
      const { status } = await processes.house.call('POST', '/me/tokens', {
        as: lea,
        body: { ...wanted, expiresInDays },
      })
      assert.equal(status, 400, `${expiresInDays}`)
    }
    await processes.house.setClockAhead('366 days')
    assert.equal((await by(token, 'GET', '/pets')).status, 401)
    await processes.house.setClockAhead('0')
    const brief = await make(lea)
    await processes.house.sql(
      `update personal_access_tokens set expires_at = now() + interval '3 seconds' where id = $1`,
      [brief.id],
    )
    const madeAt = performance.now()
    await warm(brief.token)
    await refusedEverywhere(brief.token, 5_000)
    assert.ok(performance.now() - madeAt > 900)
  })
})
