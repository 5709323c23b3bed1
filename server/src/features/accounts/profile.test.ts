import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { addAccount } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { type Contact, sealContact } from './contact.ts'

let house: House
let maya: string

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  maya = await addAccount(house, 'Maya')
})
after(() => house[Symbol.asyncDispose]())

const patch = (body: object, headers = {}) => house.call('PATCH', '/me', { as: maya, body, headers })

describe('my profile', () => {
  it('keeps what a change leaves out, and takes phone and address away by null', async () => {
    const full = (await patch({ phone: '+1 212 555 0123', address: '1 Main Street\nNew York' })).body
    assert.deepEqual(
      [full.phone, full.address, full.email],
      ['+1 212 555 0123', '1 Main Street\nNew York', 'maya@example.test'],
    )
    assert.deepEqual((await patch({ name: 'Maya B.' })).body, { ...full, name: 'Maya B.' })
    const { phone: _, ...withoutPhone } = full
    assert.deepEqual((await patch({ phone: null, name: 'Maya', locale: 'en-GB' })).body, {
      ...withoutPhone,
      locale: 'en-GB',
    })
    assert.equal('address' in (await patch({ address: null })).body, false)
    assert.deepEqual((await house.call('GET', '/me', { as: maya })).body, (await patch({ locale: 'en-GB' })).body)
  })

  it('is changed only as it was read', async () => {
    const etag = (await house.call('GET', '/me', { as: maya })).headers.get('etag') as string
    assert.equal((await patch({ address: '2 Main Street' }, { 'if-match': etag })).status, 200)
    assert.equal((await patch({ address: '3 Main Street' }, { 'if-match': etag })).status, 412)
    assert.equal((await house.call('GET', '/me', { as: maya })).body.address, '2 Main Street')
  })

  it('takes no roles, id or status', async () => {
    for (const field of ['roles', 'id', 'status', 'createdAt', 'email', 'passwordHash']) {
      assert.equal((await patch({ name: 'Maya', [field]: ['admin'] })).status, 400, field)
    }
  })

  it('is sealed but for the name, and its events name fields only', async () => {
    await patch({ phone: '+1 212 555 0188', address: '77 Sealed Street' })
    const rows = await house.sql(`
      select a::text || c::text as text from accounts a join account_contacts c on c.account_id = a.id
       union all select e::text from events e`)
    for (const { text } of rows) assert.doesNotMatch(text, /555 ?0188|Sealed Street|maya@/)
  })

  it('opens where it was sealed before addresses were kept', async () => {
    const [noor, ada] = [await addAccount(house, 'Noor'), await addAccount(house, 'Ada', 'admin')]
    const old = { email: 'noor@example.test', phone: null } as Contact
    const cell = await transact(house.context.db, (tx) => sealContact(tx, house.context, noor, 1, old))
    await house.sql('update account_contacts set contact = $2 where account_id = $1', [noor, cell])
    const { body } = await house.call('GET', `/accounts/${noor}`, { as: ada })
    assert.deepEqual([body.email, body.phone, body.address], ['noor@example.test', null, null])
  })
})
