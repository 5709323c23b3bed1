import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { type Queryable, transact } from '../../platform/database/database.ts'
import { addPet, ageOffers, answer, changeRights, end, invite, made, ownersOf, transfer } from './test-ownerships.ts'

let house: House
let world: World

const ROUNDS = 25

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '16' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

it('two who manage and leave at once leave one behind', async () => {
  await rounds(async (petId) => {
    const answers = await Promise.all([
      end(house, world.maya, petId, world.maya),
      end(house, world.noor, petId, world.noor),
    ])
    assert.deepEqual(statuses(answers), [204, 409])
    assert.equal((await ownersOf(house, petId)).length, 1)
  })
})

it('two who take the right to manage from each other at once leave it to one', async () => {
  await rounds(async (petId) => {
    const answers = await Promise.all([
      changeRights(house, world.maya, petId, world.noor, 'book'),
      changeRights(house, world.noor, petId, world.maya, 'book'),
    ])
    assert.deepEqual(statuses(answers), [200, 403])
    assert.equal((await managing(petId)).length, 1)
  })
})

it('leaving, being removed and losing the right at once leave one who manages', async () => {
  await rounds(async (petId) => {
    await Promise.all([
      end(house, world.maya, petId, world.maya),
      changeRights(house, world.ines, petId, world.noor, 'view'),
      end(house, world.ada, petId, world.noor),
    ])
    assert.equal((await managing(petId)).length, 1)
  })
})

it('an owner who is removed while their rights are changed is gone', async () => {
  await rounds(async (petId) => {
    const [removed] = await Promise.all([
      end(house, world.maya, petId, world.noor),
      changeRights(house, world.ines, petId, world.noor, 'book'),
    ])
    assert.equal(removed?.status, 204)
    assert.deepEqual(await ownersOf(house, petId), ['Maya view book records manage'])
  })
})

it('the database holds it by itself, whoever forgets to lock', async () => {
  const petId = await addPet(house, world.maya)
  await house.sql('insert into ownerships (pet_id, owner_id) values ($1, $2)', [petId, world.noor])
  const leave = (db: Queryable, ownerId: string) =>
    db.rows({
      text: 'update ownerships set until = clock_now() where pet_id = $1 and owner_id = $2 and until is null',
      values: [petId, ownerId],
    })
  const { db } = house.context
  const left = Promise.withResolvers<void>()
  const waited = Promise.withResolvers<void>()
  const first = transact(db, async (tx) => {
    await leave(tx, world.maya)
    left.resolve()
    await waited.promise
  })
  await left.promise
  const second = leave(db, world.noor)
  second.catch(() => {})
  await sleep(200)
  waited.resolve()
  await first
  await assert.rejects(second, { constraint: 'pet_keeps_a_manager' })
})

it('an invitation is accepted, declined or withdrawn: one of them, once', async () => {
  await rounds(async (petId) => {
    const { id } = made(await invite(house, world.ines, petId, 'sam@example.test', 'book'))
    const answers = await Promise.all([
      answer(house, world.sam, 'co-owner-invitation', id),
      answer(house, world.sam, 'co-owner-invitation', id),
      answer(house, world.sam, 'co-owner-invitation', id, 'decline'),
      house.call('DELETE', `/pets/${petId}/co-owner-invitations/${id}`, { as: world.maya }),
    ])
    assert.equal(answers.filter(({ status }) => status < 300).length, 1)
    assert.deepEqual(statuses(answers).slice(1), [404, 404, 404])
    const isOwner = (await ownersOf(house, petId)).includes('Sam view book')
    const [first, second] = answers
    assert.equal(isOwner, first?.status === 200 || second?.status === 200)
  })
})

it('a transfer and an invitation accepted at once never leave a co-owner whom the new owner did not choose', async () => {
  await rounds(async (petId) => {
    const given = made(await transfer(house, world.ines, petId, 'sam@example.test'))
    const invited = made(await invite(house, world.maya, petId, 'tomas@example.test', 'manage'))
    const answers = await Promise.all([
      answer(house, world.sam, 'pet-transfer', given.id),
      answer(house, world.tomas, 'co-owner-invitation', invited.id),
      end(house, world.maya, petId, world.noor),
    ])
    assert.equal(answers[0]?.status, 200)
    assert.deepEqual(await ownersOf(house, petId), ['Sam view book records manage'])
  })
})

it('an archived pet takes no owner, whoever comes first', async () => {
  await rounds(async (petId) => {
    const { id } = made(await invite(house, world.ines, petId, 'sam@example.test'))
    const [archived, accepted] = await Promise.all([
      house.call('DELETE', `/pets/${petId}`, { as: world.maya }),
      answer(house, world.sam, 'co-owner-invitation', id),
    ])
    assert.equal(archived?.status, 204)
    assert.ok(accepted?.status === 200 || accepted?.status === 404)
    assert.equal((await house.call('GET', `/pets/${petId}`, { as: world.sam })).status, 404)
  })
})

it('after all of it, every pet in care has an owner who manages it', async () => {
  const unmanaged = await house.sql(`
    select id from pets p where archived_at is null and not exists (
      select from ownerships o where o.pet_id = p.id and o.until is null and o.rights @> '{manage}')`)
  assert.deepEqual(unmanaged, [])
})

/** With a pet that Maya and Noor both manage, each time. */
async function rounds(round: (petId: string) => Promise<void>): Promise<void> {
  for (let i = 0; i < ROUNDS; i++) {
    const petId = await addPet(house, world.maya)
    await house.sql('insert into ownerships (pet_id, owner_id) values ($1, $2)', [petId, world.noor])
    await round(petId)
    await ageOffers(house)
  }
}

async function managing(petId: string): Promise<string[]> {
  return (await ownersOf(house, petId)).filter((owner) => owner.includes('manage'))
}

function statuses(answers: readonly Answer[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b)
}
