import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { addAccount, populate, type World } from '../../../test/world.ts'
import { nobody } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { linkToken } from '../../platform/link-token.ts'
import { inviteIfUnclaimed } from './lookup.ts'

const password = 'good dog, stay safe'
let house: House
let world: World

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', PUBLIC_URL: 'https://petra.example' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

const claim = (token: string, chosen = password) =>
  house.call('POST', '/auth/account-claim', { body: { token, password: chosen } })
const signIn = (email: string, chosen = password) =>
  house.call('POST', '/auth/login', { body: { email, password: chosen } })
const inviteAgain = (id: string) => house.call('POST', `/accounts/${id}/invitation`, { as: world.ada })

async function addClient(name: string, email: string | null = `${name.toLowerCase()}@example.test`): Promise<string> {
  return (await house.call('POST', '/owners', { as: world.ines, body: { name, email } })).body.id
}

/** The tokens of the links mailed to somebody, oldest first. */
async function mailedTokens(email: string): Promise<string[]> {
  await house.drain()
  const mails = (await house.mails()).filter(({ to }) => to?.[0]?.address === email)
  return mails.map(({ text }) => /https:\/\/petra\.example\/go#account-claim=([\w-]+)/.exec(text ?? '')?.[1] as string)
}

describe('an account that staff made', () => {
  it('is claimed by the link in the mail, once', async () => {
    const id = await addClient('Zoe')
    assert.equal((await signIn('zoe@example.test')).status, 401)
    const [token = ''] = await mailedTokens('zoe@example.test')
    assert.equal((await claim(token)).status, 204)
    assert.equal((await signIn('zoe@example.test')).body.account.id, id)
    const again = await claim(token, 'another good password')
    assert.deepEqual([again.status, again.body.code], [422, 'auth.link-rejected'])
    assert.equal((await signIn('zoe@example.test', 'another good password')).status, 401)
    const events = await house.sql(
      `select name from events where resource_id = $1 and name <> 'access.refused' order by id`,
      [id],
    )
    assert.deepEqual(
      events.map(({ name }) => name),
      ['owner.created', 'account.invited', 'account.claimed'],
    )
  })

  it('is claimed by one of many who try at once', async () => {
    await addClient('Yara')
    const [token = ''] = await mailedTokens('yara@example.test')
    const passwords = ['first password', 'second password', 'third password', 'fourth password']
    const answers = await Promise.all(passwords.map((chosen) => claim(token, chosen)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 422, 422, 422])
    const winner = passwords[answers.findIndex(({ status }) => status === 204)]
    assert.equal((await signIn('yara@example.test', winner)).status, 200)
  })

  it('is claimed within 7 days, and by a new link after that', async (t) => {
    t.after(() => house.setClockAhead('0'))
    const id = await addClient('Xena')
    const [token = ''] = await mailedTokens('xena@example.test')
    await house.setClockAhead('7 days 1 minute')
    assert.equal((await claim(token)).status, 422)
    assert.equal((await inviteAgain(id)).status, 200)
    const [, fresh = ''] = await mailedTokens('xena@example.test')
    assert.notEqual(fresh, token)
    assert.equal((await claim(token)).status, 422)
    assert.equal((await claim(fresh)).status, 204)
  })

  it('keeps its link while that is open, however often it is sent', async (t) => {
    t.after(() => house.setClockAhead('0'))
    const id = await addClient('Wim')
    assert.equal((await mailedTokens('wim@example.test')).length, 1)
    await house.setClockAhead('6 days')
    await Promise.all([inviteAgain(id), inviteAgain(id)])
    const tokens = await mailedTokens('wim@example.test')
    assert.deepEqual([tokens.length, new Set(tokens).size], [3, 1])
    await house.setClockAhead('12 days')
    assert.equal((await claim(tokens[0] as string)).status, 204)
  })

  it('is not claimed while it is disabled, nor mailed to', async () => {
    const id = await addClient('Vic')
    const [token = ''] = await mailedTokens('vic@example.test')
    await house.call('POST', `/accounts/${id}/disablement`, { as: world.ada })
    assert.equal((await claim(token)).status, 422)
    assert.equal((await inviteAgain(id)).status, 409)
    await house.call('DELETE', `/accounts/${id}/disablement`, { as: world.ada })
    assert.equal((await claim(token)).status, 204)
  })

  it('is not claimed once it has a password, from wherever that came', async () => {
    const id = await addClient('Ute')
    const [token = ''] = await mailedTokens('ute@example.test')
    await house.sql(`update accounts set password_hash = 'from a reset' where id = $1`, [id])
    assert.equal((await claim(token)).status, 422)
    const [{ hash }] = await house.sql('select password_hash as hash from accounts where id = $1', [id])
    assert.equal(hash, 'from a reset')
  })

  it('is not claimed by any other token', async () => {
    const id = await addClient('Uli')
    const [invitation] = await house.sql('select id from account_invitations where account_id = $1', [id])
    const { keyring } = house.context
    const forged = [
      'x',
      linkToken(keyring, 'password-reset', invitation.id),
      linkToken(keyring, 'account-claim', crypto.randomUUID()),
      linkToken(keyring, 'account-claim', id),
      invitation.id,
    ]
    for (const token of forged) assert.deepEqual((await claim(token)).body.code, 'auth.link-rejected', token)
    assert.equal((await claim(linkToken(keyring, 'account-claim', invitation.id), 'short')).status, 400)
    assert.equal((await claim(linkToken(keyring, 'account-claim', invitation.id))).status, 204)
  })

  it('of staff without a password gets a link, with one it gets none', async () => {
    const staff = (name: string, more: object) =>
      house.call('POST', '/staff', {
        as: world.ada,
        body: { name, email: `${name}@example.test`, roles: ['groomer'], ...more },
      })
    const { body } = await staff('tove', {})
    await staff('ulf', { password })
    const [token = ''] = await mailedTokens('tove@example.test')
    assert.equal((await claim(token)).status, 204)
    assert.deepEqual((await signIn('tove@example.test')).body.account.roles, ['owner', 'groomer'])
    assert.deepEqual(await mailedTokens('ulf@example.test'), [])
    const refused = await inviteAgain(body.id)
    assert.deepEqual([refused.status, refused.body.code], [409, 'resource.conflict'])
  })

  it('without an address is not invited', async () => {
    const id = await addClient('Tea', null)
    assert.equal((await inviteAgain(id)).status, 409)
    assert.deepEqual(await house.sql('select from account_invitations where account_id = $1', [id]), [])
    assert.equal((await inviteAgain(crypto.randomUUID())).status, 404)
  })

  it('gets no mail once it has a password', async () => {
    const id = await addClient('Sia')
    await house.sql(`update accounts set password_hash = 'from a reset' where id = $1`, [id])
    assert.deepEqual(await mailedTokens('sia@example.test'), [])
  })
})

describe('an address that somebody registers with', () => {
  const register = (email: string) =>
    transact(house.context.db, (tx) =>
      inviteIfUnclaimed(tx, house.context, nobody({ id: 'test', address: null, agent: null, country: null }), email),
    )

  it('is sent the link to the account that waits for it, and no other is', async () => {
    const id = await addAccount(house, 'Rik')
    assert.equal(await register('RIK@example.test'), true)
    assert.equal((await mailedTokens('rik@example.test')).length, 1)
    await house.sql(`update accounts set password_hash = 'x' where id = $1`, [id])
    assert.equal(await register('rik@example.test'), false)
    await house.sql(`update accounts set password_hash = null, disabled_at = now() where id = $1`, [id])
    assert.equal(await register('rik@example.test'), false)
    assert.equal(await register('nobody-knows@example.test'), false)
    assert.equal((await mailedTokens('rik@example.test')).length, 1)
  })
})
