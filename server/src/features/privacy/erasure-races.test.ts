import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type House, openHouse } from '../../../test/setup.ts'
import { addAccount, populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { linkToken } from '../../platform/link-token.ts'
import { refreshToken } from '../sessions/refresh-token.ts'
import { eraseAccount } from './erase-account.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

const addPet = (as: string, name: string, query = '') =>
  house.call('POST', `/pets${query}`, { as, body: { name, species: 'dog' } })

/** An account whose erasure is due. */
async function due(name: string): Promise<string> {
  const id = await addAccount(house, name)
  assert.equal((await house.call('POST', '/me/erasure', { as: id })).status, 201)
  await house.sql('update erasure_requests set due_at = clock_now() where account_id = $1', [id])
  return id
}

const erase = (accountId: string) => eraseAccount(house.context, { accountId })

const ownersOf = async (petId: string) =>
  (await house.sql('select owner_id from ownerships where pet_id = $1 and until is null', [petId])).map(
    ({ owner_id }) => owner_id,
  )

describe('whoever is erased', () => {
  it('owns no pet afterwards, whichever of them was on its way at that moment', async () => {
    for (let round = 0; round < 12; round++) {
      const id = await due(`Racer ${round}`)
      const pet = (await addPet(world.maya, 'Given')).body.id
      const body = { email: `racer-${round}@example.test` }
      const offer = await house.call('POST', `/pets/${pet}/transfer`, { as: world.maya, body })
      const token = linkToken(house.context.keyring, 'pet-transfer', offer.body.id)
      const [accepted, added] = await Promise.all([
        house.call('POST', '/me/pet-transfers/acceptance', { as: id, body: { token } }),
        addPet(id, 'Added'),
        sleep(round * 2).then(() => erase(id)),
      ])
      for (const { status } of [accepted, added]) assert.ok([200, 201, 401, 403, 404].includes(status), `${status}`)
      const rows = await house.sql('select erased_at from accounts where id = $1', [id])
      assert.notEqual(rows[0].erased_at, null)
      assert.deepEqual(await house.sql('select from ownerships where owner_id = $1 and until is null', [id]), [])
      assert.deepEqual(await ownersOf(pet), accepted.status === 200 ? [] : [world.maya], `round ${round}`)
    }
  })

  it('is known by no address or device for longer than a day, though requests of theirs were under way', async () => {
    const id = await due('Umay')
    const headers = { authorization: `Bearer ${await house.signIn(id)}`, 'user-agent': 'Umays phone' }
    const late = Array.from({ length: 12 }, () => fetch(`${house.url}/pets/${world.mimi}`, { headers }))
    await Promise.all([erase(id), ...late])
    const name = 'audit.sweep-origins'
    await transact(house.context.db, (tx) => enqueue(tx, [{ key: name, name, payload: {} }]))
    await house.drain()
    assert.deepEqual(await house.sql('select from event_origins where account_id = $1', [id]), [])
    assert.notDeepEqual(await house.sql('select from event_origins where account_id = $1', [world.maya]), [])
  })

  it('leaves nothing of what they said at that moment', async () => {
    for (let round = 0; round < 4; round++) {
      const id = await due(`Late ${round}`)
      const zone = { timeZone: 'Europe/Paris', quietHours: null, preferences: [] }
      const answers = await Promise.all([
        ...[1, 2].flatMap(() => [
          house.call('PATCH', '/me', { as: id, body: { name: 'Again' } }),
          house.call('GET', '/me', { as: id }),
          house.call('PUT', '/me/notification-preferences', { as: id, body: zone }),
          house.call('POST', '/me/export', { as: id }),
          house.call('POST', '/me/erasure', { as: id }),
        ]),
        sleep(round * 3).then(() => erase(id)),
      ])
      for (const answer of answers.slice(0, -1)) assert.ok([200, 201, 401, 409].includes(answer?.status ?? 0))
      for (const table of ['account_contacts', 'notification_settings', 'account_exports', 'erasure_requests'])
        assert.deepEqual(await house.sql(`select from ${table} where account_id = $1`, [id]), [], table)
      const [{ name }] = await house.sql('select name from accounts where id = $1', [id])
      assert.equal(name, 'Former client')
    }
  })

  it('is nobody to a request that found the account and then no key', async () => {
    const id = await due('Halfway')
    const [, claims = ''] = (await house.signIn(id)).split('.')
    const { sid: sessionId } = JSON.parse(Buffer.from(claims, 'base64url').toString())
    const renewal = { refreshToken: refreshToken(house.context.keyring, { sessionId, generation: 1 }) }
    await house.sql('delete from vault.data_keys where subject_id = $1', [id])
    house.context.dataKeys.forget(id)
    for (const [answer, status, code] of [
      [await house.call('GET', '/me', { as: id }), 401, 'auth.required'],
      [await house.call('PATCH', '/me', { as: id, body: { name: 'Again' } }), 401, 'auth.required'],
      [await house.call('POST', '/auth/refresh', { body: renewal }), 401, 'auth.refresh-rejected'],
      [await house.call('GET', `/accounts/${id}`, { as: world.ada }), 404, 'resource.not-found'],
    ] as const)
      assert.deepEqual([answer.status, answer.body.code], [status, code])
  })

  it('is given no pet by the front desk', async () => {
    const id = await due('Una')
    await erase(id)
    const answer = await addPet(world.ines, 'Ghost', `?owner=${id}`)
    assert.deepEqual([answer.status, answer.body.code], [404, 'resource.not-found'])
  })

  it('leaves to nobody a pet that two manage, when both are erased at once, and to the other when one is', async () => {
    for (const isAlone of [true, false]) {
      const [one, other] = await Promise.all([due(`One ${isAlone}`), due(`Other ${isAlone}`)])
      const pet = (await addPet(one, 'Shared')).body.id
      await house.sql(`insert into ownerships (pet_id, owner_id, rights) values ($1, $2, '{view,manage}')`, [
        pet,
        other,
      ])
      await Promise.all((isAlone ? [one] : [one, other]).map(erase))
      const [{ archived }] = await house.sql('select archived_at is not null as archived from pets where id = $1', [
        pet,
      ])
      assert.deepEqual([archived, await ownersOf(pet)], isAlone ? [false, [other]] : [true, []])
    }
  })
})
