import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { within } from '../../../test/within.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { countMails, newestMail } from './test-mails.ts'

const password = 'good dog, stay safe'
let house: House

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', EMAIL_VERIFICATION: 'required' })
})
after(() => house[Symbol.asyncDispose]())

const register = (email: string, more = {}) =>
  house.call('POST', '/auth/register', { body: { email, password, name: 'Maya', ...more } })
const signIn = (email: string, sent = password) =>
  house.call('POST', '/auth/login', { body: { email, password: sent } })
const verify = (body: object) => house.call('POST', '/auth/email-verification', { body })
const resend = (email: string) => house.call('POST', '/auth/email-verification/resend', { body: { email } })
const forget = (email: string) => house.call('POST', '/auth/password-reset', { body: { email } })
const reset = (body: object) => house.call('PUT', '/auth/password-reset', { body })
const codeOf = async (email: string, purpose = 'email-verification') =>
  (await newestMail(house, email, purpose))?.code ?? ''
const resetTokenOf = async (email: string) => (await newestMail(house, email, 'password-reset'))?.token ?? ''

/** Another code than the right one. */
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('an address', () => {
  it('is confirmed by the link or the code of the mail, each good once', async () => {
    for (const [email, by] of [
      ['link@example.test', 'token'],
      ['code@example.test', 'code'],
    ] as const) {
      assert.equal((await register(email)).body.emailVerification, 'required')
      const refused = await signIn(email)
      assert.deepEqual([refused.status, refused.body.code], [403, 'auth.email-unverified'])
      assert.equal((await signIn(email, 'bad cat, run away')).body.code, 'auth.invalid-credentials')
      const mail = await newestMail(house, email)
      assert.equal(mail?.purpose, 'email-verification')
      const proof = by === 'token' ? { token: mail?.token } : { email, code: mail?.code }
      assert.equal((await verify(proof)).status, 204)
      assert.equal((await signIn(email)).status, 200)
      assert.equal((await verify(proof)).body.code, by === 'token' ? 'auth.link-rejected' : 'auth.code-rejected')
    }
    const [event] = await house.sql(`select resource_type, payload from events where name = 'email.verified'`)
    assert.deepEqual(event, { resource_type: 'account', payload: null })
  })

  it('is not confirmed after ten minutes, by another purpose’s link, nor by what a newer mail has replaced', async () => {
    const email = 'late@example.test'
    await register(email)
    const first = await newestMail(house, email)
    assert.equal((await resend(email)).status, 204)
    assert.equal((await verify({ token: first?.token })).status, 422)
    const second = await newestMail(house, email)
    assert.notEqual(second?.token, first?.token)
    await forget(email)
    const foreign = await newestMail(house, email, 'password-reset')
    assert.equal((await verify({ token: foreign?.token })).status, 422)
    await house.setClockAhead('10 minutes')
    assert.equal((await verify({ token: second?.token })).status, 422)
    assert.equal((await verify({ email, code: second?.code })).status, 422)
    await house.setClockAhead('0')
    assert.equal((await verify({ token: second?.token })).status, 204)
  })

  it('is mailed nothing when it is confirmed already or unknown, and whoever asks is not told', async () => {
    const before = await countMails(house, 'link@example.test')
    assert.equal((await resend('link@example.test')).status, 204)
    assert.equal((await resend('nobody@example.test')).status, 204)
    assert.equal(await countMails(house, 'link@example.test'), before)
    assert.equal(await countMails(house, 'nobody@example.test'), 0)
    assert.deepEqual(await house.sql('select last_error from graphile_worker._private_jobs where attempts > 0'), [])
  })

  it('that is known and is registered again is told to its holder only, who loses nothing', async () => {
    const email = 'twice@example.test'
    await register(email)
    const { token } = (await newestMail(house, email)) ?? {}
    const again = await register(email, { name: 'Mallory', password: 'another password' })
    assert.deepEqual(again.body, { email, emailVerification: 'required' })
    assert.equal((await newestMail(house, email))?.subject, 'You have an account already')
    assert.equal((await verify({ token })).status, 204)
    const [row] = await house.sql(
      `select count(*)::int, min(actor_id::text) as actor from events where name = 'registration.attempted'
          and resource_id in (select account_id from account_contacts) and outcome = 'failed'`,
    )
    assert.deepEqual(row, { count: 1, actor: null })
    assert.equal((await signIn(email, 'another password')).status, 401)
  })
})

describe('a code', () => {
  it('may be tried five times, also at once, and then the link is left', async () => {
    const email = 'guess@example.test'
    await register(email)
    const { code = '', token } = (await newestMail(house, email)) ?? {}
    const guesses = await Promise.all(Array.from({ length: 20 }, () => verify({ email, code: wrong(code) })))
    assert.ok(guesses.every(({ status }) => status === 422))
    const [{ attempts }] = await house.sql('select max(attempts) as attempts from challenges')
    assert.equal(attempts, 5)
    assert.equal((await verify({ email, code })).body.code, 'auth.code-rejected')
    assert.equal((await verify({ token })).status, 204)
  })

  it('counts no more than five of many guesses at once, of which the sixth would be right', async () => {
    const email = 'race@example.test'
    await register(email)
    const code = await codeOf(email)
    const guesses = [...Array.from({ length: 5 }, () => wrong(code)), ...Array.from({ length: 15 }, () => code)]
    for (const guess of guesses.slice(0, 5)) await verify({ email, code: guess })
    const late = await Promise.all(guesses.slice(5).map((guess) => verify({ email, code: guess })))
    assert.ok(late.every(({ status }) => status === 422))
  })

  it('goes with its address and nothing else', async () => {
    await register('own@example.test')
    await register('other@example.test')
    const code = await codeOf('own@example.test')
    assert.equal((await verify({ email: 'other@example.test', code })).status, 422)
    assert.equal((await reset({ email: 'own@example.test', code, newPassword: 'new dog, stay safe' })).status, 422)
    assert.equal((await verify({ code })).status, 400)
    assert.equal((await verify({ email: 'own@example.test', code, token: 'x' })).status, 400)
    assert.equal((await verify({ email: 'own@example.test', token: 'x' })).status, 400)
  })
})

describe('a forgotten password', () => {
  it('is replaced by link or code, which ends every session and is told', async () => {
    const email = 'forgot@example.test'
    await register(email)
    await forget(email)
    const asked = await newestMail(house, email, 'password-reset')
    assert.equal((await reset({ token: asked?.token, newPassword: 'new dog, stay safe' })).status, 204)
    const session = (await signIn(email, 'new dog, stay safe')).body
    assert.ok(session.accessToken, 'reading the mail has confirmed the address')
    assert.equal((await signIn(email)).status, 401)
    assert.equal((await newestMail(house, email))?.subject, 'Your password was changed')

    await forget(email)
    const code = await codeOf(email, 'password-reset')
    assert.equal((await reset({ email, code, newPassword: 'newer dog, stay safe' })).status, 204)
    await ended(session)
    const events = await house.sql(`select payload from events where name = 'password.changed'`)
    assert.deepEqual(events, [{ payload: { by: 'reset' } }, { payload: { by: 'reset' } }])
  })

  it('is replaced once by one link, however often it is sent at once', async () => {
    const email = 'once@example.test'
    await register(email)
    await forget(email)
    const token = await resetTokenOf(email)
    const passwords = ['first dog, stay safe', 'second dog, stay safe', 'third dog, stay safe']
    const answers = await Promise.all(passwords.map((newPassword) => reset({ token, newPassword })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 422, 422])
    const won = passwords[answers.findIndex(({ status }) => status === 204)]
    assert.equal((await signIn(email, won)).status, 200)
  })

  it('is not replaced by one that is guessed first, and the link stays good', async () => {
    const email = 'maya.maya@example.test'
    await register(email)
    await forget(email)
    const token = await resetTokenOf(email)
    for (const [newPassword, code] of [
      ['Password1', 'password.too-common'],
      ['maya.maya', 'password.too-personal'],
    ]) {
      const refused = await reset({ token, newPassword })
      assert.deepEqual([refused.status, refused.body.code], [422, code])
    }
    assert.equal((await reset({ token, newPassword: 'new dog, stay safe' })).status, 204)
  })

  it('of a disabled or unknown account is not mailed', async () => {
    const email = 'gone@example.test'
    await register(email)
    await countMails(house, email)
    await house.sql(`update accounts a set disabled_at = now() from account_contacts c
      where c.account_id = a.id and a.created_at = (select max(created_at) from accounts)`)
    const before = await countMails(house, email)
    assert.equal((await forget(email)).status, 204)
    assert.equal((await forget('nobody2@example.test')).status, 204)
    assert.equal(await countMails(house, email), before)
    assert.equal(await countMails(house, 'nobody2@example.test'), 0)
  })
})

it('keeps nothing that opens a link, and sweeps what has run out', async () => {
  await forget('forgot@example.test')
  const { token, code } = (await newestMail(house, 'forgot@example.test')) ?? {}
  const rows = await house.sql(`select t::text from challenges t union all select e::text from events e`)
  const bytes = Buffer.from(token ?? '', 'base64url')
  const secret = [token ?? '', ` ${code} `, bytes.subarray(16).toString('hex')]
  for (const { t } of rows) for (const part of secret) assert.ok(!t.includes(part))
  await house.setClockAhead('1 hour')
  const sweep = { key: 'sweep', name: 'sign-in.sweep-challenges', payload: {} }
  await transact(house.context.db, (tx) => enqueue(tx, [sweep]))
  await house.drain()
  assert.deepEqual(await house.sql('select from challenges'), [])
  await house.setClockAhead('0')
})

async function ended({ accessToken, refreshToken }: { accessToken: string; refreshToken: string }): Promise<void> {
  const me = () => house.call('GET', '/me', { headers: { authorization: `Bearer ${accessToken}` } })
  await within(2_000, async () => (await me()).status === 401)
  assert.equal((await house.call('POST', '/auth/refresh', { body: { refreshToken } })).status, 401)
}
