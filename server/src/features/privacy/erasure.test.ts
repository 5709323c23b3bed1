import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type House, openHouse } from '../../../test/setup.ts'
import { addAccount, populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { openDataKeys } from '../../platform/keys/data-keys.ts'
import { openContacts } from '../accounts/contact.ts'
import { findAccount } from '../accounts/queries.ts'
import { visit } from '../medical-records/test-records.ts'
import { eraseAccount } from './erase-account.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())
beforeEach(() => house.setClockAhead('0'))

const ask = (as: string) => house.call('POST', '/me/erasure', { as })
const withdraw = (as: string, headers = {}) => house.call('DELETE', '/me/erasure', { as, headers })
const me = async (token: string) =>
  (await house.call('GET', '/me', { headers: { authorization: `Bearer ${token}` } })).status

async function eraseDue(): Promise<void> {
  const name = 'privacy.start-due-erasures'
  await transact(house.context.db, (tx) => enqueue(tx, [{ key: name, name, payload: {} }]))
  await house.drain()
}

async function isErased(id: string): Promise<boolean> {
  const [{ erased }] = await house.sql('select erased_at is not null as erased from accounts where id = $1', [id])
  return erased
}

async function addPet(as: string, name: string): Promise<string> {
  return (await house.call('POST', '/pets', { as, body: { name, species: 'dog' } })).body.id
}

describe('asking to be erased', () => {
  it('leaves 14 days, ends the other sessions, and tells by mail', async () => {
    const una = await addAccount(house, 'Una')
    const other = await house.signIn(una)
    assert.equal(await me(other), 200)
    const { status, headers, body } = await ask(una)
    assert.equal(status, 201)
    assert.equal(Date.parse(body.dueAt) - Date.parse(body.requestedAt), 14 * 86_400_000)
    assert.equal(headers.get('location'), '/me/erasure')
    assert.deepEqual((await house.call('GET', '/me/erasure', { as: una })).body, body)
    const until = performance.now() + 2_000
    while ((await me(other)) === 200) assert.ok(performance.now() < until)
    await house.drain()
    const mail = (await house.mails()).find(({ to }) => to?.[0]?.address === 'una@example.test')
    assert.equal(mail?.subject, 'Your account will be deleted')
    assert.match(mail?.text ?? '', /sign in and withdraw/)
  })

  it('twice is refused, also at once', async () => {
    const una = await addAccount(house, 'Una II')
    const answers = await Promise.all([ask(una), ask(una), ask(una)])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409])
  })

  it('is not for staff, who treat, nor for who was a provider, nor for the last admin', async () => {
    for (const as of [world.tomas, world.drLind, world.ines, world.ada]) assert.equal((await ask(as)).status, 409)
    const lea = await addAccount(house, 'Lea', 'veterinarian')
    const body = { accountId: lea, services: ['wellness-exam'], locationIds: [world.newYork] }
    await house.call('POST', '/providers', { as: world.ada, body })
    await house.call('PUT', `/accounts/${lea}/roles`, { as: world.ada, body: { roles: [] } })
    assert.equal((await ask(lea)).status, 409)
  })

  it('is withdrawn by whoever asked, as it was read, and nothing is lost', async () => {
    const una = await addAccount(house, 'Una III')
    await ask(una)
    assert.equal((await withdraw(world.sam)).status, 404)
    assert.equal((await withdraw(una, { 'if-match': '"other"' })).status, 412)
    assert.equal((await withdraw(una)).status, 204)
    assert.deepEqual(
      [(await withdraw(una)).status, (await house.call('GET', '/me/erasure', { as: una })).status],
      [404, 404],
    )
    await house.setClockAhead('15 days')
    await eraseDue()
    assert.equal(await isErased(una), false)
    const names = await house.sql(`select name from events where resource_id = $1 and name ~ '^erasure' order by id`, [
      una,
    ])
    assert.deepEqual(
      names.map(({ name }) => name),
      ['erasure.requested', 'erasure.withdrawn'],
    )
  })
})

describe('an account that is due', () => {
  it('is not erased an hour early, and not while it is one of staff', async () => {
    const una = await addAccount(house, 'Una IV')
    await ask(una)
    await house.setClockAhead('13 days 23 hours')
    await eraseDue()
    assert.equal(await isErased(una), false)
    await house.call('PUT', `/accounts/${una}/roles`, { as: world.ada, body: { roles: ['receptionist'] } })
    await house.setClockAhead('14 days 1 minute')
    await eraseDue()
    const job = { key: 'erase', name: 'privacy.erase-account', payload: { accountId: una } }
    await transact(house.context.db, (tx) => enqueue(tx, [job]))
    await house.drain()
    assert.equal(await isErased(una), false)
    await house.call('PUT', `/accounts/${una}/roles`, { as: world.ada, body: { roles: [] } })
    await eraseDue()
    assert.equal(await isErased(una), true)
  })

  it('is erased or kept, never both, when its person withdraws at that moment', async () => {
    const outcomes = new Set<boolean>()
    for (let round = 0; round < 16; round++) {
      await house.setClockAhead('0')
      const id = await addAccount(house, `Racer ${round}`)
      await ask(id)
      await house.setClockAhead('15 days')
      const [{ status }] = await Promise.all([
        sleep(round === 0 ? 200 : round % 2).then(() => withdraw(id)),
        sleep(round === 1 ? 200 : round % 4).then(() => eraseAccount(house.context, { accountId: id })),
      ])
      const withdrawn = status === 204
      assert.ok(withdrawn || status === 404 || status === 401, `${status}`)
      outcomes.add(withdrawn)
      assert.equal(await isErased(id), !withdrawn, `round ${round}`)
      const contacts = await house.sql('select from account_contacts where account_id = $1', [id])
      assert.equal(contacts.length, withdrawn ? 1 : 0)
      assert.deepEqual(await house.sql('select from erasure_requests where account_id = $1', [id]), [])
    }
    assert.equal(outcomes.size, 2, 'either came first at times')
  })
})

describe('an erased account', () => {
  let zoe: string
  let sealed: Buffer
  let token: string

  before(async () => {
    await house.setClockAhead('0')
    const credentials = { email: 'zoe@example.test', password: 'good dog, stay safe' }
    const registration = { ...credentials, name: 'Zoe Quist', phone: '+1 212 555 0123' }
    await house.call('POST', '/auth/register', { body: registration })
    const headers = { 'user-agent': 'Zoes phone' }
    const { body } = await house.call('POST', '/auth/login', { body: credentials, headers })
    zoe = body.account.id
    token = body.accessToken
    await house.call('PATCH', '/me', { as: zoe, body: { address: '1 Main Street' } })
  })

  it('has no name, no address, no way in, and a key that is gone on every process', async () => {
    const alone = await addPet(zoe, 'Solo')
    const shared = await addPet(zoe, 'Shared')
    await house.sql(`insert into ownerships (pet_id, owner_id, rights) values ($1, $2, '{view,book,manage}')`, [
      shared,
      world.noor,
    ])
    const at = { providerId: world.drLindAtWork, locationId: world.newYork, startsIn: '20 days' }
    const cancelled = await visit(house, { ...at, petId: alone })
    const watched = await addPet(zoe, 'Watched')
    await house.sql(`insert into ownerships (pet_id, owner_id, rights) values ($1, $2, '{view,book}')`, [
      watched,
      world.noor,
    ])
    const noMore = await visit(house, { ...at, petId: watched, startsIn: '22 days' })
    const stays = await visit(house, { ...at, petId: shared, startsIn: '21 days' })
    const note = { type: 'note', occurredOn: '2026-11-01', description: 'Ate a sock.' }
    await house.call('POST', `/pets/${shared}/medical-records`, { as: zoe, body: note })
    const { body: asked } = await house.call('POST', '/me/export', { as: zoe })
    await ask(zoe)
    await house.drain()
    const [contact] = await house.sql('select contact from account_contacts where account_id = $1', [zoe])
    sealed = contact.contact
    using elsewhere = openDataKeys(house.context.keyring)
    const read = async (dataKeys = house.context.dataKeys) => {
      const row = { accountId: zoe, version: 2, contact: sealed }
      return (await openContacts(house.context.db, { dataKeys }, [row])).get(zoe)?.email
    }
    assert.deepEqual([await read(), await read(elsewhere)], ['zoe@example.test', 'zoe@example.test'])

    await house.setClockAhead('14 days 1 minute')
    await eraseDue()

    assert.equal(await isErased(zoe), true)
    assert.equal(await findAccount(house.context.db, zoe), undefined)
    assert.equal(await read(), undefined, 'this process has forgotten the key')
    using later = openDataKeys(house.context.keyring)
    assert.equal(await read(later), undefined, 'no process can read the key any more')
    elsewhere.forgetAll()
    assert.equal(await read(elsewhere), undefined, 'nor one that had read it')
    const [key] = await house.sql(
      `select wrapped, destroyed_at is not null as destroyed from vault.data_keys where subject_id = $1`,
      [zoe],
    )
    assert.deepEqual(key, { wrapped: null, destroyed: true })

    assert.equal(await me(token), 401)
    const login = { email: 'zoe@example.test', password: 'good dog, stay safe' }
    assert.equal((await house.call('POST', '/auth/login', { body: login })).status, 401)
    for (const query of [
      'search=Quist',
      'search=Former',
      'search=zoe@example.test',
      'search=%2B1 212 555 0123',
      'search=1 Main Street',
    ]) {
      assert.deepEqual((await house.call('GET', `/accounts?${query}`, { as: world.ada })).body.items, [], query)
      assert.deepEqual((await house.call('GET', `/owners?${query}`, { as: world.ines })).body.items, [], query)
    }
    assert.equal((await house.call('GET', `/accounts/${zoe}`, { as: world.ada })).status, 404)
    for (const table of ['account_contacts', 'account_exports', 'account_invitations', 'erasure_requests']) {
      assert.deepEqual(await house.sql(`select from ${table} where account_id = $1`, [zoe]), [], table)
    }
    assert.ok(asked.id)

    const status = async (id: string) =>
      (await house.sql('select status from appointments where id = $1', [id]))[0].status
    const visits = await Promise.all([cancelled, noMore, stays].map(status))
    assert.deepEqual(visits, ['cancelled', 'cancelled', 'booked'])
    const told = (await house.mails()).filter(({ subject }) => subject?.startsWith('Cancelled'))
    assert.deepEqual(
      told.map(({ to }) => to?.[0]?.name),
      ['Noor'],
    )
    for (const petId of [alone, watched]) {
      assert.equal((await house.call('GET', `/pets/${petId}`, { as: world.ines })).status, 404)
    }
    const pet = await house.call('GET', `/pets/${shared}`, { as: world.noor })
    assert.deepEqual(pet.body.owners, [{ id: world.noor, name: 'Noor' }])
    const { body: log } = await house.call('GET', `/pets/${shared}/access-log`, { as: world.noor })
    assert.deepEqual([...new Set(log.items.map(({ name }: { name: string }) => name))], ['Former client'])
    const { body: records } = await house.call('GET', `/pets/${shared}/medical-records`, { as: world.drLind })
    assert.deepEqual([records.items[0].description, records.items[0].author.name], ['Ate a sock.', 'Former client'])
    const { body: trail } = await house.call('GET', `/audit-events?actor=${zoe}`, { as: world.ada })
    assert.ok(
      trail.items.length > 3 &&
        trail.items.every(({ actor }: { actor: { name: string } }) => actor.name === 'Former client'),
    )
  })

  it('stands in no table by name, number, address or device', async () => {
    const tables = await house.sql(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'vault', 'graphile_worker')`,
    )
    for (const { name } of tables.filter((table) => table.name !== 'public.events')) {
      const rows = await house.sql(`select r::text as text from ${name} r`)
      for (const { text } of rows) assert.doesNotMatch(text, /Quist|zoe@|555 0123|Main Street|Zoes phone/, name)
    }
    const [{ devices, living }] = await house.sql(
      `select count(device)::int as devices, count(*) filter (where ended_at is null)::int as living
         from sessions where account_id = $1`,
      [zoe],
    )
    assert.deepEqual([devices, living], [0, 0])
  })

  it('gives its address free, and is not filled in again', async () => {
    const again = { email: 'zoe@example.test', password: 'good dog, stay safe', name: 'Zoe, new' }
    await house.call('POST', '/auth/register', { body: again })
    const { body } = await house.call('POST', '/auth/login', { body: { email: again.email, password: again.password } })
    assert.notEqual(body.account.id, zoe)
    assert.equal((await house.call('DELETE', `/accounts/${zoe}/disablement`, { as: world.ada })).status, 404)
    for (const change of [`name = 'Zoe'`, 'disabled_at = null', `password_hash = 'x'`, `roles = '{owner,admin}'`]) {
      await assert.rejects(house.sql(`update accounts set ${change} where id = $1`, [zoe]), {
        constraint: 'nothing_is_left_of_who_was_erased',
      })
    }
  })

  it('leaves one event of its erasure, however often the job runs', async () => {
    const job = { key: 'erase again', name: 'privacy.erase-account', payload: { accountId: zoe } }
    await transact(house.context.db, (tx) => enqueue(tx, [job]))
    await house.drain()
    const events = await house.sql(
      `select actor_id, behalf_of from events where name = 'account.erased' and resource_id = $1`,
      [zoe],
    )
    assert.deepEqual(events, [{ actor_id: null, behalf_of: zoe }])
  })
})
