import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { nobody } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { addMedicalRecord } from './add-medical-record.ts'
import { add, visitDrLind } from './test-records.ts'

let house: House
let world: World
let path: string

before(async () => {
  house = await openHouse()
  world = await populate(house)
  path = `/pets/${world.rex}/medical-records`
  await visitDrLind(house, world)
})
after(() => house[Symbol.asyncDispose]())

beforeEach(async () => {
  await house.sql('delete from medical_record_versions')
  await house.sql('delete from medical_records')
  await house.sql('update pets set weight_grams = 18400 where id = $1', [world.rex])
})

async function weigh(as: string, occurredOn: string, grams: number): Promise<string> {
  return (await add(house, as, world.rex, { type: 'weight', occurredOn, details: { grams } })).id
}

async function weight(): Promise<number | null> {
  return (await house.call('GET', `/pets/${world.rex}`, { as: world.maya })).body.weightGrams
}

function retract(id: string) {
  return house.call('DELETE', `${path}/${id}?reason=Scale`, { as: world.drLind })
}

/** Resolves once a statement waits for another transaction. */
async function waitsForLock(): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const [{ waiting }] = await house.sql(
      `select exists (select from pg_stat_activity
                       where datname = current_database() and wait_event_type = 'Lock') as waiting`,
    )
    if (waiting) return
    await setTimeout(10)
  }
  assert.fail('nothing waits')
}

describe("the weight in a pet's profile", () => {
  it("is that of a vet's latest weight record, and falls back when it is retracted", async () => {
    await weigh(world.drLind, '2026-05-01', 19_000)
    assert.equal(await weight(), 19_000)
    const latest = await weigh(world.drLind, '2026-06-01', 20_000)
    assert.equal(await weight(), 20_000)
    await weigh(world.drLind, '2026-04-01', 17_000)
    assert.equal(await weight(), 20_000)
    await retract(latest)
    assert.equal(await weight(), 19_000)
  })

  it('follows an amendment of the value and of the day', async () => {
    await weigh(world.drLind, '2026-05-01', 19_000)
    const id = await weigh(world.drLind, '2026-06-01', 20_000)
    await house.call('PUT', `${path}/${id}`, { as: world.drLind, body: { details: { grams: 21_000 } } })
    assert.equal(await weight(), 21_000)
    await house.call('PUT', `${path}/${id}`, { as: world.drLind, body: { occurredOn: '2026-04-01' } })
    assert.equal(await weight(), 19_000)
  })

  it("takes an owner's report only while a vet vouches for it", async () => {
    const id = await weigh(world.maya, '2026-05-01', 19_000)
    assert.equal(await weight(), 18_400)
    await house.call('POST', `${path}/${id}/verification`, { as: world.drLind })
    assert.equal(await weight(), 19_000)
    await house.call('PUT', `${path}/${id}`, { as: world.maya, body: { details: { grams: 30_000 } } })
    assert.equal(await weight(), null)
  })

  it('is forgotten with the only record it came from, unless somebody wrote another since', async () => {
    await retract(await weigh(world.drLind, '2026-05-01', 19_000))
    assert.equal(await weight(), null)
    const id = await weigh(world.drLind, '2026-05-01', 19_000)
    await house.call('PATCH', `/pets/${world.rex}`, { as: world.maya, body: { weightGrams: 18_000 } })
    await retract(id)
    assert.equal(await weight(), 18_000)
  })

  it('is that of the latest day when an earlier one is written before its commit', async () => {
    const { db, dataKeys } = house.context
    const request = { id: 'later', address: null, agent: null, country: null }
    const drLind = { ...nobody(request), accountId: world.drLind, roles: ['owner', 'veterinarian'] as const }
    const earlier = await transact(db, async (tx) => {
      const later = { type: 'weight', occurredOn: '2026-05-05', details: { grams: 20_000 } } as const
      await addMedicalRecord(tx, dataKeys, drLind, world.rex, later)
      const writing = weigh(world.drLind, '2026-05-01', 19_000)
      await waitsForLock()
      return { writing }
    })
    await earlier.writing
    assert.equal(await weight(), 20_000)
  })
})
