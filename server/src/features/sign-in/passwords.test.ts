import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { hash } from '@node-rs/argon2'
import { type House, openHouse } from '../../../test/setup.ts'
import { within } from '../../../test/within.ts'
import { addAccount } from '../../../test/world.ts'
import { newestMail } from './test-mails.ts'

const password = 'good dog, stay safe'
let house: House

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
})
after(() => house[Symbol.asyncDispose]())

const register = (email: string, sent = password, name = 'Maya Okonkwo') =>
  house.call('POST', '/auth/register', { body: { email, password: sent, name } })
const signIn = (email: string, sent = password) =>
  house.call('POST', '/auth/login', { body: { email, password: sent } })
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const change = (token: string, currentPassword: string, newPassword: string) =>
  house.call('PUT', '/me/password', { headers: bearer(token), body: { currentPassword, newPassword } })

describe('a password', () => {
  it('is refused when it is among the most common, in whatever case or form', async () => {
    for (const common of [
      'password',
      'Password1',
      '12345678',
      'iloveyou',
      'QWERTYUIOP',
      'ｐａｓｓｗｏｒｄ',
      'trustno1',
    ]) {
      const { status, body } = await register('common@example.test', common)
      assert.deepEqual([status, body.code, body.errors[0].pointer], [422, 'password.too-common', '/body/password'])
    }
  })

  it('is refused when it is the name or the address', async () => {
    for (const own of ['Maya Okonkwo', 'maya okonkwo', 'maya.okonkwo@example.test', 'Maya.Okonkwo']) {
      const { status, body } = await register('maya.okonkwo@example.test', own)
      assert.deepEqual([status, body.code], [422, 'password.too-personal'])
    }
  })

  it('of staff is held to the same', async () => {
    const ada = await addAccount(house, 'Ada', 'admin')
    const body = { email: 'tove@example.test', name: 'Tove', roles: ['groomer'], password: 'baseball' }
    assert.equal((await house.call('POST', '/staff', { as: ada, body })).body.code, 'password.too-common')
  })

  it('has no state that a request could be made for, and an address that is asked for none either', async () => {
    await register('stale@example.test')
    const { accessToken } = (await signIn('stale@example.test')).body
    const headers = { ...bearer(accessToken), 'if-match': '"other"' }
    for (const [path, body] of [
      ['/me/password', { currentPassword: password, newPassword: 'good cat, come home' }],
      ['/me/email-change', { email: 'new@example.test', currentPassword: password }],
      ['/auth/password-reset', { token: 'opaque-link-token', newPassword: 'good cat, come home' }],
    ] as const) {
      const { status, body: told } = await house.call('PUT', path, { headers, body })
      assert.deepEqual([status, told.code], [412, 'resource.stale'], path)
    }
    assert.equal((await signIn('stale@example.test')).status, 200)
  })

  it('has 8 to 128 characters, whichever, and every one of them counts', async () => {
    assert.equal((await register('short@example.test', 'seven 7')).status, 400)
    assert.equal((await register('long@example.test', '🐕'.repeat(129))).status, 400)
    const longest = `${'🐕'.repeat(127)}x`
    assert.equal((await register('dogs@example.test', longest)).status, 201)
    assert.equal((await signIn('dogs@example.test', longest)).status, 200)
    assert.equal((await signIn('dogs@example.test', `${'🐕'.repeat(127)}y`)).status, 401)
    assert.equal((await register('plain@example.test', 'zxqvbnwp')).status, 201, 'no rule asks for digits or signs')
  })

  it('fits from whatever keyboard it comes', async () => {
    await register('zoe@example.test', 'Zoe\u0308 and the Ａ dog')
    assert.equal((await signIn('zoe@example.test', 'Zo\u00eb and the A dog')).status, 200)
  })

  it('is hashed anew with today’s work when it was hashed with less', async () => {
    await register('old@example.test')
    const weak = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    const [{ id }] = await house.sql('select id from accounts order by created_at desc limit 1')
    await house.sql('update accounts set password_hash = $2 where id = $1', [id, weak])
    assert.equal((await signIn('old@example.test', 'bad cat, run away')).status, 401)
    const stored = async () => (await house.sql('select password_hash as h from accounts where id = $1', [id]))[0].h
    assert.equal(await stored(), weak)
    const both = await Promise.all([signIn('old@example.test'), signIn('old@example.test')])
    assert.deepEqual(
      both.map(({ status }) => status),
      [200, 200],
    )
    const raised = await stored()
    assert.match(raised, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.equal((await signIn('old@example.test')).status, 200)
    assert.equal(await stored(), raised, 'once')
  })
})

describe('changing the password', () => {
  it('takes the old one, ends the other sessions, and is told by mail', async () => {
    const email = 'noor@example.test'
    await register(email)
    const here = (await signIn(email)).body
    const there = (await signIn(email)).body
    await house.drain()
    const wrong = await change(here.accessToken, 'bad cat, run away', 'new dog, stay safe')
    assert.deepEqual([wrong.status, wrong.body.code], [422, 'password.incorrect'])
    assert.equal((await change(here.accessToken, password, 'password1')).body.code, 'password.too-common')
    assert.equal((await change(here.accessToken, password, email)).body.code, 'password.too-personal')
    assert.equal((await change(here.accessToken, password, 'new dog, stay safe')).status, 204)
    const me = ({ accessToken }: { accessToken: string }) => house.call('GET', '/me', { headers: bearer(accessToken) })
    await within(2_000, async () => (await me(there)).status === 401)
    assert.equal((await me(here)).status, 200)
    assert.equal((await signIn(email)).status, 401)
    assert.equal((await signIn(email, 'new dog, stay safe')).status, 200)
    assert.equal((await newestMail(house, email))?.subject, 'Your password was changed')
    const [event] = await house.sql(
      `select actor_id is not null as known, payload from events where name = 'password.changed'`,
    )
    assert.deepEqual(event, { known: true, payload: { by: 'current-password' } })
  })

  it('leaves no session that began with the old one, however close together they come', async () => {
    const email = 'sam@example.test'
    await register(email)
    let current = password
    for (let round = 0; round < 6; round++) {
      const { accessToken } = (await signIn(email, current)).body
      const before = current
      const next = `dog number ${round}, stay safe`
      const [changed, ...rest] = await Promise.all([
        change(accessToken, current, next),
        // Spread over the time that the change takes, so that some look at the old hash and end after the change.
        ...Array.from({ length: 10 }, (_, i) => wait(8 * i).then(() => signIn(email, before))),
      ])
      assert.equal(changed?.status, 204)
      for (const { status, body } of rest) {
        if (status !== 200) continue
        const renewed = await house.call('POST', '/auth/refresh', { body: { refreshToken: body.refreshToken } })
        assert.equal(renewed.status, 401, `round ${round}`)
      }
      current = next
    }
  })
})
