import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { type Answer, type House, openHouse } from '../../../test/setup.ts'
import { openApp } from '../../app.ts'

const password = 'good dog, stay safe'
const wrong = 'bad cat, run away'
let house: House

before(async () => {
  house = await openHouse({ TRUST_PROXY: '127.0.0.1' })
})
after(() => house[Symbol.asyncDispose]())

const from = (address: string) => ({ 'x-forwarded-for': address })
const register = (email: string, address = '198.51.100.1') =>
  house.call('POST', '/auth/register', { headers: from(address), body: { email, password, name: 'Maya' } })
const signIn = (address: string, email: string, sent = password, deviceToken?: string) =>
  house.call('POST', '/auth/login', {
    headers: from(address),
    body: { email, password: sent, ...(deviceToken !== undefined && { deviceToken }) },
  })

async function statuses(count: number, send: (i: number) => Promise<Answer>): Promise<Record<number, number>> {
  const answers = await Promise.all(Array.from({ length: count }, (_, i) => send(i)))
  const counted = Map.groupBy(answers, ({ status }) => status)
  return Object.fromEntries([...counted].map(([status, those]) => [status, those.length]))
}

describe('wrong passwords', () => {
  it('are looked at ten times from one address, also when all come at once, and then nothing is', async () => {
    await register('maya@example.test')
    assert.deepEqual(await statuses(30, () => signIn('203.0.113.1', 'maya@example.test', wrong)), { 401: 10, 429: 20 })
    const { status, body, headers } = await signIn('203.0.113.1', 'maya@example.test')
    assert.deepEqual([status, body.code], [429, 'rate.limited'])
    const seconds = Number(headers.get('retry-after'))
    assert.ok(Number.isInteger(seconds) && seconds > 850 && seconds <= 900)
    assert.equal(headers.get('ratelimit-policy'), '"sign-in";q=10;w=900')
    assert.equal(headers.get('ratelimit'), `"sign-in";r=0;t=${seconds}`)
  })

  it('are answered for an unknown address as for a known one', async () => {
    const sent = Array.from({ length: 12 }, () => signIn('203.0.113.2', 'nobody@example.test', wrong))
    const answers = await Promise.all(sent)
    const known = await signIn('203.0.113.1', 'maya@example.test', wrong)
    const unknown = answers.find(({ status }) => status === 429)
    assert.equal(answers.filter(({ status }) => status === 429).length, 2)
    const shape = ({ body, headers }: Answer) => ({
      body: { ...body, requestId: '', detail: body.detail.replace(/\d+/, 'n') },
      fields: [...headers.keys()].filter((name) => !['date', 'connection', 'keep-alive'].includes(name)),
    })
    assert.deepEqual(shape(unknown as Answer), shape(known))
  })

  it('are forgotten after a quarter of an hour', async () => {
    await house.setClockAhead('15 minutes')
    assert.equal((await signIn('203.0.113.1', 'maya@example.test')).status, 200)
    await house.setClockAhead('0')
  })

  it('of a hundred addresses close an account to strangers, and to nobody who has been there', async () => {
    const email = 'noor@example.test'
    await register(email)
    const home = '203.0.113.10'
    const { deviceToken } = (await signIn(home, email)).body
    const storm = Array.from({ length: 11 }, (_, i) => `198.51.100.${100 + i}`)
    for (const address of storm) await statuses(10, () => signIn(address, email, wrong))
    assert.equal((await signIn('203.0.113.11', email)).status, 429, 'a stranger')
    assert.equal((await signIn(home, email)).status, 200, 'from the address of a session')
    const moved = await signIn('203.0.113.12', email, password, deviceToken)
    assert.deepEqual([moved.status, moved.body.deviceToken], [200, deviceToken], 'on the road, by the device token')
    const forged = `${deviceToken.slice(0, -2)}${deviceToken.endsWith('AA') ? 'BB' : 'AA'}`
    assert.equal((await signIn('203.0.113.13', email, password, forged)).status, 429)
  })

  it('are counted for a device by itself, whose token counts for its account alone', async () => {
    await register('sam@example.test')
    await register('kit@example.test')
    const { deviceToken } = (await signIn('203.0.113.20', 'sam@example.test')).body
    const fresh = (i: number) => `198.18.0.${i + 1}`
    const tries = await statuses(12, (i) => signIn(fresh(i), 'sam@example.test', wrong, deviceToken))
    assert.deepEqual(tries, { 401: 10, 429: 2 })
    const foreign = await statuses(12, (i) => signIn(fresh(i), 'kit@example.test', wrong, deviceToken))
    assert.deepEqual(foreign, { 401: 12 })
  })

  it('of one address at many accounts close that address, but not to who has been there', async () => {
    const email = 'gus@example.test'
    const office = '2001:db8::5'
    await register(email)
    await signIn(office, email)
    const spray = (i: number) => signIn(`2001:db8::${(i % 50) + 10}`, `someone-${i}@example.test`, wrong)
    const counted = await statuses(210, spray)
    assert.deepEqual(counted, { 401: 200, 429: 10 })
    assert.equal((await signIn('2001:db8::77', 'kit@example.test')).status, 429)
    assert.equal((await signIn(office, email)).status, 200)
  })

  it('are counted together by all processes, and after a restart', async () => {
    const email = 'ben@example.test'
    await register(email)
    await statuses(8, () => signIn('203.0.113.30', email, wrong))
    await using other = await anotherProcess()
    const there = await Promise.all(Array.from({ length: 5 }, () => other.signIn('203.0.113.30', email, wrong)))
    assert.deepEqual(there.sort(), [401, 401, 429, 429, 429])
  })

  it('keep nobody from signing in at once with the right one', async () => {
    await register('rae@example.test')
    assert.deepEqual(await statuses(40, () => signIn('203.0.113.40', 'rae@example.test')), { 200: 40 })
  })

  it('make of a storm two events and two counts', async () => {
    await register('ann@example.test')
    await statuses(60, () => signIn('203.0.113.50', 'ann@example.test', wrong))
    const rows = () =>
      house.sql(`select e.payload->>'code' as code from events e join event_origins o on o.commitment = e.origin
      where e.name = 'access.refused' and o.address = '203.0.113.50' order by 1`)
    assert.deepEqual(await rows(), [{ code: 'auth.invalid-credentials' }, { code: 'rate.limited' }])
  })

  it('of somebody who is signed in are counted, and end in one event', async () => {
    await register('ivy@example.test')
    const { accessToken } = (await signIn('203.0.113.60', 'ivy@example.test')).body
    const headers = { authorization: `Bearer ${accessToken}` }
    const change = () =>
      house.call('PUT', '/me/password', {
        headers,
        body: { currentPassword: wrong, newPassword: 'new dog, stay safe' },
      })
    assert.deepEqual(await statuses(15, change), { 422: 10, 429: 5 })
    const [{ count }] = await house.sql(`select count(*)::int from events where payload->>'code' = 'rate.limited'
      and payload->>'operation' = 'changePassword'`)
    assert.equal(count, 1)
  })
})

it('mails to an address are limited, whoever asks for them and whether it is known', async () => {
  await register('fay@example.test')
  for (const email of ['fay@example.test', 'nobody@example.test']) {
    for (const path of ['/auth/password-reset', '/auth/email-verification/resend']) {
      const ask = (i: number) =>
        house.call('POST', path, {
          headers: from(`198.18.1.${i}`),
          body: { email: i % 2 ? email : email.toUpperCase() },
        })
      assert.deepEqual(await statuses(8, ask), { 204: 5, 429: 3 }, `${path} ${email}`)
    }
  }
  const again = await statuses(8, () => register('fay@example.test', '198.18.2.1'))
  assert.deepEqual(again, { 201: 4, 429: 4 })
})

it('mails from one IP address are limited, to whomever they go', async () => {
  const ask = (i: number) =>
    house.call('POST', '/auth/password-reset', { headers: from('198.18.4.1'), body: { email: `${i}@example.test` } })
  assert.deepEqual(await statuses(505, ask), { 204: 500, 429: 5 })
})

it('links and codes are tried a hundred times from one address', async () => {
  const prove = () =>
    house.call('POST', '/auth/email-verification', { headers: from('198.18.3.1'), body: { token: 'x' } })
  assert.deepEqual(await statuses(110, prove), { 422: 100, 429: 10 })
})

/** The same database behind another app, which shares nothing else with the first. */
async function anotherProcess() {
  const app = await openApp(house.context)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/auth/login`
  return {
    async signIn(address: string, email: string, sent: string): Promise<number> {
      const headers = { 'content-type': 'application/json', ...from(address) }
      return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ email, password: sent }) })).status
    },
    [Symbol.asyncDispose]: () => app.close(),
  }
}
