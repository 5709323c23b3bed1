import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { sweepChallenges } from './queries.ts'
import { countMails, newestMail } from './test-mails.ts'

const password = 'good dog, stay safe'
let house: House

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
})
after(() => house[Symbol.asyncDispose]())

const signIn = (email: string) => house.call('POST', '/auth/login', { body: { email, password } })
const confirm = (token = '') => house.call('POST', '/auth/email-change', { body: { token } })

async function owner(email: string): Promise<(to: string, sent?: string) => ReturnType<House['call']>> {
  await house.call('POST', '/auth/register', { body: { email, password, name: 'Maya', phone: '+1 212 555 0123' } })
  const { accessToken } = (await signIn(email)).body
  const headers = { authorization: `Bearer ${accessToken}` }
  return (to, currentPassword = password) =>
    house.call('PUT', '/me/email-change', { headers, body: { email: to, currentPassword } })
}

it('changes the address once the new one is confirmed, and tells both', async () => {
  const ask = await owner('maya@example.test')
  const wrong = await ask('maya@new.test', 'bad cat, run away')
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'password.incorrect'])
  assert.equal((await ask('maya@new.test')).status, 204)
  const link = await newestMail(house, 'maya@new.test')
  assert.equal(link?.purpose, 'email-change')
  assert.equal((await signIn('maya@new.test')).status, 401, 'nothing has changed yet')
  const links = () => house.sql('select id from challenges')
  assert.equal((await links()).length, 1, 'the one that verifies the old address')
  assert.equal((await confirm(link?.token)).status, 204)
  assert.deepEqual(await links(), [])
  assert.equal((await confirm(link?.token)).body.code, 'auth.link-rejected')
  assert.equal((await signIn('maya@example.test')).status, 401)
  const { account } = (await signIn('maya@new.test')).body
  assert.deepEqual([account.email, account.phone], ['maya@new.test', '+1 212 555 0123'])
  for (const address of ['maya@example.test', 'maya@new.test']) {
    assert.equal((await newestMail(house, address))?.subject, 'Your e-mail address was changed', address)
  }
  const rows = await house.sql('select t::text from email_changes t union all select e::text from events e')
  for (const { t } of rows) assert.doesNotMatch(t, /new\.test|example\.test/)
})

it('keeps the address when the link has run out, was replaced, or is of another purpose', async () => {
  const ask = await owner('noor@example.test')
  await ask('noor@first.test')
  const first = await newestMail(house, 'noor@first.test')
  await ask('noor@second.test')
  const second = await newestMail(house, 'noor@second.test')
  assert.equal((await confirm(first?.token)).status, 422)
  await house.setClockAhead('30 minutes')
  assert.equal((await confirm(second?.token)).status, 422)
  await house.setClockAhead('0')
  const verification = await newestMail(house, 'noor@example.test')
  assert.equal((await confirm(verification?.token)).status, 422)
  assert.equal((await signIn('noor@example.test')).status, 200)
})

it('mails nothing to an address that another account has, and is answered the same', async () => {
  const ask = await owner('sam@example.test')
  await owner('taken@example.test')
  const before = await countMails(house, 'taken@example.test')
  assert.equal((await ask('Taken@Example.test')).status, 204)
  assert.equal(await countMails(house, 'taken@example.test'), before)
  assert.equal(await countMails(house, 'Taken@Example.test'), 0)
})

it('gives an address to one of two accounts that confirm it at once', async () => {
  const asks = await Promise.all([owner('one@example.test'), owner('two@example.test')])
  const tokens: string[] = []
  for (const ask of asks) {
    await ask('wanted@example.test')
    tokens.push((await newestMail(house, 'wanted@example.test'))?.token ?? '')
  }
  const answers = await Promise.all(tokens.map(confirm))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 409])
})

it('forgets the addresses after 30 days', async () => {
  await house.setClockAhead('29 days')
  await sweepChallenges(house.context.db)
  assert.notDeepEqual(await house.sql('select from email_changes'), [])
  await house.setClockAhead('31 days')
  await sweepChallenges(house.context.db)
  assert.deepEqual(await house.sql('select from email_changes'), [])
})
