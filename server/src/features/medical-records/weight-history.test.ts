import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { add, eventsOf, visitDrLind } from './test-records.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse()
  world = await populate(house)
  await visitDrLind(house, world)
})
after(() => house[Symbol.asyncDispose]())

async function weigh(as: string, occurredOn: string, grams: number, more: object = {}): Promise<string> {
  return (await add(house, as, world.rex, { type: 'weight', occurredOn, details: { grams, ...more } })).id
}

async function history(query = '', as = world.maya) {
  const { status, body } = await house.call('GET', `/pets/${world.rex}/weights?${query}`, { as })
  assert.equal(status, 200, JSON.stringify(body))
  return body.points
}

describe('the weight history', () => {
  it('is every weight that stands, oldest first, with who stands behind it', async () => {
    const { maya, drLind, rex } = world
    const latest = await weigh(drLind, '2026-05-01', 19_000, { bodyConditionScore: 5 })
    const reported = await weigh(maya, '2026-03-01', 18_000)
    const vouched = await weigh(maya, '2026-04-01', 18_500)
    const mistaken = await weigh(drLind, '2026-04-15', 91_000)
    await add(house, drLind, rex, { type: 'note', occurredOn: '2026-04-20' })
    const path = `/pets/${rex}/medical-records`
    await house.call('POST', `${path}/${vouched}/verification`, { as: drLind })
    await house.call('DELETE', `${path}/${mistaken}?reason=Scale`, { as: drLind })
    const unknown = { bodyConditionScore: null, source: 'owner-reported' }
    assert.deepEqual(await history(), [
      { on: '2026-03-01', grams: 18_000, recordId: reported, verified: false, ...unknown },
      { on: '2026-04-01', grams: 18_500, recordId: vouched, verified: true, ...unknown },
      { on: '2026-05-01', grams: 19_000, recordId: latest, bodyConditionScore: 5, source: 'clinical', verified: true },
    ])
    const listed = (await eventsOf(house, 'medical-record.listed')).at(-1)
    assert.deepEqual(
      [listed?.record_ids, listed?.pet_id, listed?.purpose],
      [[latest, vouched, reported], rex, 'owner-request'],
    )
  })

  it('is narrowed by days, and the trail names no more than was shown', async () => {
    const points = await history('from=2026-04-01&to=2026-04-30')
    assert.deepEqual(
      points.map(({ on }: { on: string }) => on),
      ['2026-04-01'],
    )
    const listed = (await eventsOf(house, 'medical-record.listed')).at(-1)
    assert.deepEqual(listed?.record_ids, [points[0].recordId])
    const { status } = await house.call('GET', `/pets/${world.rex}/weights?from=2026-02-30`, { as: world.maya })
    assert.equal(status, 400)
  })

  it('is for whoever may read the records, though the weight in the profile is for more', async () => {
    for (const as of [world.noor, world.ines, world.ada]) {
      const { status, body } = await house.call('GET', `/pets/${world.rex}/weights`, { as })
      assert.deepEqual([status, body.code], [403, 'auth.forbidden'])
    }
    assert.equal((await house.call('GET', `/pets/${world.rex}`, { as: world.ines })).body.weightGrams, 19_000)
  })
})
