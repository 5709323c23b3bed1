import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { type House, openHouse } from '../../../test/setup.ts'
import { within } from '../../../test/within.ts'

const maya = { email: 'maya@example.test', password: 'good dog, stay safe' }
let house: House

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  await register({ ...maya, name: 'Maya' })
})
after(() => house[Symbol.asyncDispose]())

const register = (body: object) => house.call('POST', '/auth/register', { body })
const signIn = (body: object = maya) => house.call('POST', '/auth/login', { body })
const refresh = (refreshToken: string) => house.call('POST', '/auth/refresh', { body: { refreshToken } })
const me = (token: string) => house.call('GET', '/me', { headers: { authorization: `Bearer ${token}` } })

describe('registering', () => {
  it('answers alike for a known and an unknown address, and changes nothing of the known account', async () => {
    const known = await register({ ...maya, name: 'Mallory', password: 'another password' })
    const unknown = await register({ ...maya, email: 'noor@example.test', name: 'Noor' })
    assert.deepEqual([known.status, unknown.status], [201, 201])
    assert.deepEqual(known.body, { ...unknown.body, email: maya.email })
    assert.equal((await signIn({ ...maya, password: 'another password' })).status, 401)
    assert.equal((await signIn()).body.account.name, 'Maya')
  })

  it('takes an address once, however many ask for it at once and however it is spelled', async () => {
    const spellings = ['ines@example.test', 'INES@example.test', 'Ines@Example.Test']
    const answers = await Promise.all(spellings.map((email) => register({ ...maya, email, name: 'Ines' })))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201],
    )
    const [row] = await house.sql(`select count(*)::int from accounts where name = 'Ines'`)
    assert.equal(row.count, 1)
  })

  it('keeps e-mail and phone sealed, and the password as an Argon2id hash', async () => {
    await register({ ...maya, email: 'ada@example.test', name: 'Ada', phone: '+1 212 555 0199' })
    const rows = await house.sql(
      `select a::text || c::text as text from accounts a join account_contacts c on c.account_id = a.id`,
    )
    // Bytes are shown in hex. Four digits alone come up in a seal by chance.
    const words = ['example.test', '5550199', '555 0199', 'stay safe']
    for (const word of [...words, ...words.map((word) => Buffer.from(word).toString('hex'))])
      for (const { text } of rows) assert.ok(!text.toLowerCase().includes(word), `${word} in ${text}`)
    assert.ok(rows.length > 0)
    const [{ hash }] = await house.sql(`select password_hash as hash from accounts where name = 'Ada'`)
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })
})

describe('signing in', () => {
  it('gives an access token of 15 minutes and a refresh token, and no cache keeps them', async () => {
    const { status, body, headers } = await signIn()
    assert.equal(status, 200)
    assert.equal(headers.get('cache-control'), 'no-store')
    const { sub, sid, exp = 0, iat = 0, aud } = decodeJwt(body.accessToken)
    assert.deepEqual([sub, aud, exp - iat], [body.account.id, 'petra', 900])
    assert.ok(sid)
    assert.equal(decodeProtectedHeader(body.accessToken).typ, 'at+jwt')
  })

  it('answers alike for a wrong password and an unknown address', async () => {
    const wrong = await signIn({ ...maya, password: 'bad cat, run away' })
    const unknown = await signIn({ ...maya, email: 'nobody@example.test' })
    assert.deepEqual([wrong.status, wrong.body.code], [401, 'auth.invalid-credentials'])
    assert.deepEqual({ ...wrong.body, requestId: '' }, { ...unknown.body, requestId: '' })
  })

  it('shows the verification keys without their private half', async () => {
    const { body } = await house.call('GET', '/.well-known/jwks.json')
    const { kid } = decodeProtectedHeader((await signIn()).body.accessToken)
    assert.ok(body.keys.some((key: { kid: string }) => key.kid === kid))
    assert.ok(body.keys.every((key: object) => !('d' in key)))
  })
})

describe('a session', () => {
  it('is renewed by its newest refresh token, and ended everywhere by an older one', async () => {
    const first = (await signIn()).body
    const second = (await refresh(first.refreshToken)).body
    const third = (await refresh(second.refreshToken)).body
    assert.equal((await me(third.accessToken)).status, 200)
    const replayed = await refresh(first.refreshToken)
    assert.deepEqual([replayed.status, replayed.body.code], [401, 'auth.refresh-rejected'])
    assert.equal((await refresh(third.refreshToken)).status, 401)
    await Promise.all([first, second, third].map(({ accessToken }) => refusedSoon(accessToken)))
    const [event] = await house.sql(`select outcome from events where name = 'session.replayed'`)
    assert.equal(event.outcome, 'denied')
  })

  it('is over when its owner signs out', async () => {
    const { accessToken, refreshToken } = (await signIn()).body
    const { status } = await house.call('POST', '/auth/logout', { headers: { authorization: `Bearer ${accessToken}` } })
    assert.equal(status, 204)
    await refusedSoon(accessToken)
    assert.equal((await refresh(refreshToken)).status, 401)
  })

  it('ends with the account, and takes on its new roles', async () => {
    const { accessToken, account } = (await signIn()).body
    await house.sql(`update accounts set roles = '{owner,receptionist}' where id = $1`, [account.id])
    await soon(async () => (await asked(accessToken, '/owners')) === 200)
    await house.sql(`update accounts set roles = '{owner}' where id = $1`, [account.id])
    await soon(async () => (await asked(accessToken, '/owners')) === 403)
    await house.sql('update accounts set disabled_at = now() where id = $1', [account.id])
    await refusedSoon(accessToken)
    assert.equal((await signIn()).status, 401)
    await house.sql('update accounts set disabled_at = null where id = $1', [account.id])
  })
})

async function asked(token: string, path: string): Promise<number> {
  return (await house.call('GET', path, { headers: { authorization: `Bearer ${token}` } })).status
}

async function refusedSoon(token: string): Promise<void> {
  await soon(async () => (await asked(token, '/me')) === 401)
}

/** Within the 2 s in which a change reaches every process. */
function soon(isSo: () => Promise<boolean>): Promise<void> {
  return within(2_000, isSo)
}
