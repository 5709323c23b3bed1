import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'

let house: House
let world: World
before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

const add = (body: object) => house.call('POST', '/pets', { as: world.maya, body: { name: 'Luna', ...body } })
const change = (method: string, petId: string, body: object) =>
  house.call(method, `/pets/${petId}`, { as: world.maya, body })

it('a weight outside of what its species has is asked to be confirmed, in the words of a record', async () => {
  const heavy = await add({ species: 'cat', weightGrams: 48_000 })
  assert.deepEqual([heavy.status, heavy.body.code], [422, 'pet.unusual'])
  assert.deepEqual(heavy.body.errors, [
    { pointer: '/body/weightGrams', message: 'is unusual for a cat, who has 40 to 20000 g' },
  ])
  const confirmed = await add({ species: 'cat', weightGrams: 48_000, confirmUnusual: true })
  assert.deepEqual([confirmed.status, confirmed.body.weightGrams], [201, 48_000])
  assert.ok(!('confirmUnusual' in confirmed.body))
  for (const usual of [
    { species: 'cat', weightGrams: 20_000 },
    { species: 'dog', weightGrams: 48_000 },
    { species: 'other', weightGrams: 2_000_000 },
    { species: 'cat', weightGrams: null },
  ])
    assert.equal((await add(usual)).status, 201)
})

it('is asked once: what a profile has is left alone, another weight or species is not', async () => {
  const { body: cat } = await add({ species: 'cat', weightGrams: 4_800 })
  for (const [method, body] of [
    ['PATCH', { weightGrams: 48_000 }],
    ['PUT', { name: 'Luna', species: 'cat', weightGrams: 48_000 }],
    ['PATCH', { species: 'horse' }],
  ] as const) {
    const { status, body: problem } = await change(method, cat.id, body)
    assert.deepEqual([status, problem.code], [422, 'pet.unusual'], JSON.stringify(body))
    assert.equal((await change(method, cat.id, { ...body, confirmUnusual: true })).status, 200)
    await change('PUT', cat.id, { name: 'Luna', species: 'cat', weightGrams: 4_800 })
  }
  await change('PATCH', cat.id, { weightGrams: 48_000, confirmUnusual: true })
  assert.equal((await change('PATCH', cat.id, { color: 'grey' })).status, 200)
  const same = { name: 'Luna', species: 'cat', weightGrams: 48_000, color: 'black' }
  assert.equal((await change('PUT', cat.id, same)).status, 200)
  assert.equal((await change('PATCH', cat.id, { weightGrams: 48_001 })).status, 422)
})
