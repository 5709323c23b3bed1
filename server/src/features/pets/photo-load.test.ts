import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { photo } from './test-photos.ts'

let house: House
let world: World
let body: Buffer
before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '4' })
  world = await populate(house)
  body = await photo(64, 64).jpeg().toBuffer()
})
after(() => house[Symbol.asyncDispose]())

const put = () =>
  house.call('PUT', `/pets/${world.rex}/photo`, { as: world.maya, body, headers: { 'content-type': 'image/jpeg' } })

async function waitingForRex(): Promise<number> {
  const [row] = await house.sql(`
    select count(*)::int as waiting from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`)
  return row.waiting
}

/** Keeps the pet's row to itself until it is told to let go. */
async function holdRex() {
  const isHeld = Promise.withResolvers<void>()
  const told = Promise.withResolvers<void>()
  const holding = transact(house.context.db, async (tx) => {
    await tx.rows(sql`select from pets where id = ${world.rex} for update`)
    isHeld.resolve()
    await told.promise
  })
  await isHeld.promise
  return () => {
    told.resolve()
    return holding
  }
}

it('photos that wait for their pet leave most of the connections to others', async () => {
  await put()
  const letGo = await holdRex()
  const putting = Promise.all(Array.from({ length: 8 }, put))
  while ((await waitingForRex()) < 2) await wait(5)
  // More of them would have come to the pet by then.
  await wait(300)
  const waiting = await waitingForRex()
  const answered = house.call('GET', '/services', { as: world.maya }).then(({ status }) => status)
  const status = await Promise.race([answered, wait(10_000, 'no answer')])
  await letGo()
  assert.deepEqual(
    (await putting).map(({ status }) => status),
    Array.from({ length: 8 }, () => 200),
  )
  assert.deepEqual([waiting, status], [2, 200])
})

it('a photo is kept only if its sender still may once it has arrived', async () => {
  const letGo = await holdRex()
  const putting = put()
  while ((await waitingForRex()) < 1) await wait(5)
  const mine = [world.rex, world.maya]
  await house.sql(`update ownerships set rights = '{view}' where pet_id = $1 and owner_id = $2`, mine)
  await letGo()
  assert.equal((await putting).status, 403)
})
