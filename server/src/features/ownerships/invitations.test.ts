import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { assertProblem } from '../../../test/assert-problem.ts'
import { type House, openHouse } from '../../../test/setup.ts'
import { addAccount, populate, type World } from '../../../test/world.ts'
import { addPet, ageOffers, answer, eventsOf, invite, made, ownersOf, share, transfer } from './test-ownerships.ts'

let house: House
let world: World
let petId: string

const kind = 'co-owner-invitation'

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

beforeEach(async () => {
  await house.setClockAhead('0')
  await ageOffers(house)
  petId = await addPet(house, world.maya)
})

const open = async (as = world.maya) =>
  (await house.call('GET', `/pets/${petId}/co-owner-invitations`, { as })).body.items

describe('an invitation', () => {
  it('is shown to those who manage the pet, with what it gives and until when', async () => {
    const { body, headers } = await invite(house, world.maya, petId, 'Sam@Example.test', 'records')
    assert.equal(headers.get('location'), `/pets/${petId}/co-owner-invitations/${body.id}`)
    const { id, invitedAt, expiresAt, ...rest } = body
    const rights = ['view', 'records']
    assert.deepEqual(rest, { petId, email: 'Sam@Example.test', rights, invitedBy: world.maya })
    assert.equal(Date.parse(expiresAt) - Date.parse(invitedAt), 7 * 86_400_000)
    assert.deepEqual(await open(), [body])
    assert.deepEqual(await eventsOf(house, petId), [['co-owner-invitation.sent', { rights, expiresAt }]])
    assert.ok(id)
  })

  it('makes who accepts it a co-owner with its rights, once', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test', 'book'))
    const { status, body } = await answer(house, world.sam, kind, id)
    assert.equal(status, 200)
    assert.deepEqual([body.petId, body.rights], [petId, ['view', 'book']])
    assert.deepEqual(await ownersOf(house, petId), ['Maya view book records manage', 'Sam view book'])
    assert.equal((await house.call('GET', `/pets/${petId}`, { as: world.sam })).status, 200)
    assert.deepEqual((await eventsOf(house, petId)).at(-1), [
      'co-owner-invitation.accepted',
      { rightsBefore: [], rightsAfter: ['view', 'book'] },
    ])
    assertProblem(await answer(house, world.sam, kind, id), 404, 'resource.not-found')
    assert.deepEqual(await open(), [])
  })

  it('gives nobody anything before it is accepted, nor after it is declined', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test', 'book'))
    assert.equal((await house.call('GET', `/pets/${petId}`, { as: world.sam })).status, 404)
    assert.equal((await answer(house, world.sam, kind, id, 'decline')).status, 204)
    assertProblem(await answer(house, world.sam, kind, id), 404, 'resource.not-found')
    assert.deepEqual(await ownersOf(house, petId), ['Maya view book records manage'])
    assert.deepEqual((await eventsOf(house, petId)).at(-1), ['co-owner-invitation.declined', null])
  })

  it('is answered with its token and by the account of its address, both', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test'))
    const { body, headers } = await answer(house, world.noor, kind, id)
    assert.deepEqual([body.code, headers.get('etag')], ['auth.forbidden', null])
    assertProblem(await answer(house, world.noor, kind, id, 'decline'), 403, 'auth.forbidden')
    const nameless = await addAccount(house, 'Nameless')
    await house.sql('update account_contacts set email_index = null where account_id = $1', [nameless])
    assertProblem(await answer(house, nameless, kind, id), 403, 'auth.forbidden')
    for (const token of [id, 'AAAA', 'A'.repeat(64)]) {
      const guess = { as: world.sam, body: { token } }
      assertProblem(await house.call('POST', '/me/co-owner-invitations/acceptance', guess), 404, 'resource.not-found')
    }
    assert.equal((await answer(house, world.sam, kind, id)).status, 200)
  })

  it('opens with no token that was made for a transfer, nor the other way round', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test'))
    assertProblem(await answer(house, world.sam, 'pet-transfer', id), 404, 'resource.not-found')
    const asked = made(await transfer(house, world.maya, petId, 'sam@example.test'))
    assertProblem(await answer(house, world.sam, kind, asked.id), 404, 'resource.not-found')
    assert.deepEqual(
      (await open()).map((invitation: { id: string }) => invitation.id),
      [id],
    )
    assert.equal((await house.call('GET', `/pets/${petId}/transfer`, { as: world.maya })).body.id, asked.id)
  })

  it('is withdrawn by those who manage the pet, unless they read it stale', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test'))
    const path = `/pets/${petId}/co-owner-invitations/${id.toUpperCase()}`
    const stale = { 'if-match': '"another"' }
    assertProblem(await house.call('DELETE', path, { as: world.maya, headers: stale }), 412, 'resource.stale')
    const elsewhere = `/pets/${world.mimi}/co-owner-invitations/${id}`
    assertProblem(await house.call('DELETE', elsewhere, { as: world.sam }), 404, 'resource.not-found')
    assert.equal((await house.call('DELETE', path, { as: world.maya })).status, 204)
    assertProblem(await house.call('DELETE', path, { as: world.maya }), 404, 'resource.not-found')
    assertProblem(await answer(house, world.sam, kind, id), 404, 'resource.not-found')
    assert.deepEqual((await eventsOf(house, petId)).at(-1), ['co-owner-invitation.withdrawn', null])
  })

  it('is good for 7 days', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test'))
    await house.setClockAhead('7 days 1 second')
    assertProblem(await answer(house, world.sam, kind, id), 404, 'resource.not-found')
    assert.deepEqual(await open(), [])
    made(await invite(house, world.maya, petId, 'sam@example.test'))
    const [first] = await house.sql(
      'select status, ended_at = expires_at as on_time from ownership_offers where id = $1',
      [id],
    )
    assert.deepEqual(first, { status: 'expired', on_time: true })
  })

  it('is void when whoever made it could not make it any more', async () => {
    const clerk = await addAccount(house, 'Clerk', 'receptionist')
    const { id } = made(await invite(house, clerk, petId, 'sam@example.test'))
    await house.sql(`update accounts set roles = '{owner}' where id = $1`, [clerk])
    assertProblem(await answer(house, world.sam, kind, id), 404, 'resource.not-found')
    await house.sql(`update accounts set roles = '{owner,admin}', disabled_at = now() where id = $1`, [clerk])
    assertProblem(await answer(house, world.sam, kind, id), 404, 'resource.not-found')
    await house.sql('update accounts set disabled_at = null where id = $1', [clerk])
    assert.equal((await answer(house, world.sam, kind, id)).status, 200)
  })

  it('ends with its pet', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test'))
    await house.call('DELETE', `/pets/${petId}`, { as: world.maya })
    assertProblem(await answer(house, world.sam, kind, id), 404, 'resource.not-found')
    assertProblem(await invite(house, world.maya, petId, 'noor@example.test'), 404, 'resource.not-found')
  })

  it('is no use to who owns the pet already', async () => {
    await share(house, world.maya, petId, world.sam)
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test', 'manage'))
    assertProblem(await answer(house, world.sam, kind, id), 409, 'resource.conflict')
    assert.deepEqual(await ownersOf(house, petId), ['Maya view book records manage', 'Sam view'])
  })

  it('can be made by the front desk, and is accepted by the invited all the same', async () => {
    const { id } = made(await invite(house, world.ines, petId, 'sam@example.test'))
    assertProblem(await answer(house, world.ines, kind, id), 403, 'auth.forbidden')
    assert.equal((await answer(house, world.sam, kind, id)).status, 200)
  })
})

describe('the invited address', () => {
  it('makes no difference to the answer, known or not', async () => {
    const known = await invite(house, world.maya, petId, 'sam@example.test', 'book')
    const unknown = await invite(house, world.maya, petId, 'who@example.test', 'book')
    const plain = ({ status, headers, body }: typeof known) => ({
      status,
      fields: Object.keys(body),
      headers: [...headers.keys()].toSorted(),
      rights: body.rights,
    })
    assert.deepEqual(plain(known), plain(unknown))
  })

  it('has one open invitation to a pet, however it is written, and another once that is over', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'who@example.test'))
    assertProblem(await invite(house, world.maya, petId, 'WHO@example.test', 'book'), 409, 'resource.conflict')
    made(await invite(house, world.maya, await addPet(house, world.maya), 'who@example.test'))
    await house.call('DELETE', `/pets/${petId}/co-owner-invitations/${id}`, { as: world.maya })
    made(await invite(house, world.maya, petId, 'who@example.test'))
  })

  it('is sealed while the invitation is open, and forgotten as soon as it is over', async () => {
    const ids: string[] = []
    for (const name of ['sam', 'noor', 'drop', 'late']) {
      ids.push(made(await invite(house, world.maya, petId, `${name}@example.test`)).id)
    }
    const stored = () => house.sql('select * from ownership_offers where id = any($1) order by id', [ids])
    for (const row of await stored()) {
      assert.ok(row.email.length > 30 && row.email_index.length === 32)
      assert.doesNotMatch(JSON.stringify(row), /@|example/)
      assert.ok(!row.email.includes('example'))
    }
    await answer(house, world.sam, kind, ids[0] as string)
    await answer(house, world.noor, kind, ids[1] as string, 'decline')
    await house.call('DELETE', `/pets/${petId}/co-owner-invitations/${ids[2]}`, { as: world.maya })
    await house.setClockAhead('8 days')
    await house.context.db.rows({
      text: `select graphile_worker.add_job('ownerships.expire-offers')`,
      values: [],
    })
    await house.drain()
    assert.deepEqual(
      (await stored()).map(({ status, email, email_index }) => [status, email, email_index]),
      ['accepted', 'declined', 'withdrawn', 'expired'].map((status) => [status, null, null]),
    )
  })

  it('stands in no event', async () => {
    made(await invite(house, world.maya, petId, 'nowhere-else@example.test'))
    assert.deepEqual(await house.sql(`select from events e where e::text ilike '%nowhere-else%'`), [])
  })

  it('is forgotten with the key of who invited, and their invitation withdrawn', async () => {
    const una = await addAccount(house, 'Una')
    const pet = await addPet(house, una)
    const { id } = made(await invite(house, una, pet, 'sam@example.test'))
    await house.sql('update vault.data_keys set wrapped = null, destroyed_at = now() where subject_id = $1', [una])
    const { body } = await house.call('GET', `/pets/${pet}/co-owner-invitations`, { as: world.ines })
    assert.deepEqual(body.items, [])
    assert.deepEqual(await house.sql('select status, email, email_index from ownership_offers where id = $1', [id]), [
      { status: 'withdrawn', email: null, email_index: null },
    ])
  })
})

describe('invitations', () => {
  it('are at most 10 of a pet, however many are asked for at once', async () => {
    const sent = await Promise.all(
      Array.from({ length: 14 }, (_, i) => invite(house, i % 2 ? world.maya : world.ines, petId, `a${i}@example.test`)),
    )
    assert.deepEqual(sent.map(({ status }) => status).toSorted(), [...Array(10).fill(201), ...Array(4).fill(409)])
    assert.equal((await open()).length, 10)
    const [{ id }] = await open()
    await house.call('DELETE', `/pets/${petId}/co-owner-invitations/${id}`, { as: world.maya })
    made(await invite(house, world.maya, petId, 'eleventh@example.test'))
  })

  it('are at most 20 a day by one account, withdrawn or not, also at once', async () => {
    const una = await addAccount(house, 'Ursa')
    const pets = await Promise.all(Array.from({ length: 4 }, () => addPet(house, una)))
    const send = (i: number) => invite(house, una, pets[i % 4] as string, `b${i}@example.test`)
    const { id } = made(await send(0))
    await house.call('DELETE', `/pets/${pets[0]}/co-owner-invitations/${id}`, { as: una })
    const sent = await Promise.all(Array.from({ length: 24 }, (_, i) => send(i + 1)))
    assert.deepEqual(sent.map(({ status }) => status).toSorted(), [...Array(19).fill(201), ...Array(5).fill(409)])
    await house.setClockAhead('25 hours')
    made(await invite(house, una, await addPet(house, una), 'later@example.test'))
  })
})
