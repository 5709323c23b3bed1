import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { add } from '../src/features/medical-records/test-records.ts'
import { openDataKeys } from '../src/platform/keys/data-keys.ts'
import { keyCacheLimits } from '../src/platform/keys/key-cache.ts'
import { type House, openHouse } from './setup.ts'
import { openVaultServer, type VaultServer } from './vault-server.ts'
import { populate, type World } from './world.ts'

/** The time nobody asks again after a failure, and a little. */
const REST_MS = 1_050

const stack = new AsyncDisposableStack()
let vault: VaultServer
let house: House
let world: World
let path: string
before(async () => {
  vault = stack.use(await openVaultServer())
  house = stack.use(
    await openHouse({
      KEYRING_URL: `vault-transit://${vault.host}/transit/petra?tls=off`,
      VAULT_TOKEN: vault.token,
      LOG_LEVEL: 'silent',
    }),
  )
  world = await populate(house)
  const { id } = await add(house, world.maya, world.rex, {
    type: 'note',
    occurredOn: '2026-03-30',
    description: 'Limps.',
  })
  path = `/pets/${world.rex}/medical-records/${id}`
})
after(() => stack.disposeAsync())

const read = () => house.call('GET', path, { as: world.maya })
const write = (petId: string, as: string) =>
  house.call('POST', `/pets/${petId}/medical-records`, { as, body: { type: 'note', occurredOn: '2026-03-30' } })

test('what is open stays open while the keys are away; what is not is 503, and nothing is written in the clear', async () => {
  const kept = await read()
  assert.deepEqual([kept.status, kept.body.description], [200, 'Limps.'])
  for (const mood of ['gone', 500, 403] as const) {
    vault.mood = mood
    await wait(REST_MS)
    assert.deepEqual((await read()).body, kept.body)
    assert.equal((await write(world.rex, world.maya)).status, 201)
    const { status, body, headers } = await write(world.mimi, world.sam)
    assert.deepEqual([status, body.code, headers.get('retry-after')], [503, 'service.unavailable', '1'])
  }
  assert.deepEqual(await house.sql('select from medical_records where pet_id = $1', [world.mimi]), [])

  house.context.dataKeys.forgetAll()
  const { status, body } = await read()
  assert.deepEqual([status, body.code], [503, 'service.unavailable'])
  assert.doesNotMatch(JSON.stringify(body), /Limps|vault|hvs/i)

  vault.mood = 'well'
  await wait(REST_MS)
  assert.deepEqual((await read()).body, kept.body)
  assert.equal((await write(world.mimi, world.sam)).status, 201)
})

test('what is open is read for five minutes at most while the keys are away', async () => {
  const { keyring, db } = house.context
  let time = 0
  using keys = openDataKeys(keyring, undefined, () => time)
  const key = await keys.dataKeyFor(db, 'pet-clinical', world.rex)
  vault.mood = 'gone'
  time = keyCacheLimits.handedOutMs - 1
  assert.equal(await keys.dataKeyFor(db, 'pet-clinical', world.rex), key)
  time = 300_000
  await assert.rejects(keys.dataKeyFor(db, 'pet-clinical', world.rex), { code: 'service.unavailable', status: 503 })
  vault.mood = 'well'
  await wait(REST_MS)
  assert.deepEqual((await keys.dataKeyFor(db, 'pet-clinical', world.rex)).bytes, key.bytes)
})
