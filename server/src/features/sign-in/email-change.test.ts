import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
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

it('tells the address that was left, though another change is asked for at once', async () => {
  const ask = await owner('lea@example.test')
  await ask('lea@new.test')
  const link = await newestMail(house, 'lea@new.test')
  assert.equal((await confirm(link?.token)).status, 204)
  await ask('lea@newer.test')
  await house.drain()
  for (const address of ['lea@example.test', 'lea@new.test'])
    assert.equal(await countMails(house, address, 'Your e-mail address was changed'), 1, address)
  const newer = await newestMail(house, 'lea@newer.test')
  assert.equal((await confirm(newer?.token)).status, 204)
})

const newPassword = 'good cat, come home'
const resetBy = (token = '') => house.call('PUT', '/auth/password-reset', { body: { token, newPassword } })
async function resetLink(email: string): Promise<string | undefined> {
  await house.call('POST', '/auth/password-reset', { body: { email } })
  return (await newestMail(house, email, 'password-reset'))?.token
}

it('is taken back by a new password, by whichever way: whoever asked knew the old one', async () => {
  const thief = await owner('una@example.test')
  await thief('una@thief.test')
  const first = await newestMail(house, 'una@thief.test')
  assert.equal((await resetBy(await resetLink('una@example.test'))).status, 204)
  assert.equal((await confirm(first?.token)).body.code, 'auth.link-rejected')

  const ask = await owner('ben@example.test')
  await ask('ben@thief.test')
  const second = await newestMail(house, 'ben@thief.test')
  const { accessToken } = (await signIn('ben@example.test')).body
  const headers = { authorization: `Bearer ${accessToken}` }
  const changed = await house.call('PUT', '/me/password', { headers, body: { currentPassword: password, newPassword } })
  assert.equal(changed.status, 204)
  assert.equal((await confirm(second?.token)).body.code, 'auth.link-rejected')
  const { account } = (
    await house.call('POST', '/auth/login', { body: { email: 'ben@example.test', password: newPassword } })
  ).body
  assert.equal(account.email, 'ben@example.test')
})

it('is confirmed, or taken back by a new password: one of them, however close together they come', async () => {
  for (let round = 0; round < 6; round++) {
    const email = `kit${round}@example.test`
    const thief = await owner(email)
    await thief(`kit${round}@thief.test`)
    const change = await newestMail(house, `kit${round}@thief.test`)
    const reset = await resetLink(email)
    const answers = await Promise.all([resetBy(reset), confirm(change?.token), thief(`kit${round}@other.test`)])
    const [byReset, byChange] = answers.map(({ status }) => status)
    assert.deepEqual([byReset, byChange].sort(), [204, 422])
    if (byReset === 204) assert.equal(await open(email), 0)
  }
})

/** How many changes of the account with this address wait for their link. */
async function open(email: string): Promise<number> {
  const index = blindIndex(house.context.keyring, 'email', email)
  const rows = await house.sql(
    `select from email_changes e join account_contacts c using (account_id)
      where c.email_index = $1 and e.completed_at is null`,
    [index],
  )
  return rows.length
}

it('forgets the addresses after 30 days', async () => {
  await house.setClockAhead('29 days')
  await sweepChallenges(house.context.db)
  assert.notDeepEqual(await house.sql('select from email_changes'), [])
  await house.setClockAhead('31 days')
  await sweepChallenges(house.context.db)
  assert.deepEqual(await house.sql('select from email_changes'), [])
})
