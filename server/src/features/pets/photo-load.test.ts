import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { openHouse } from '../../../test/setup.ts'
import { populate } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { photo } from './test-photos.ts'

it('photos that wait for their pet leave most of the connections to others', async () => {
  await using house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '4' })
  const world = await populate(house)
  const body = await photo(64, 64).jpeg().toBuffer()
  const headers = { 'content-type': 'image/jpeg' }
  const put = () => house.call('PUT', `/pets/${world.rex}/photo`, { as: world.maya, body, headers })
  await put()
  const isHeld = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  const holding = transact(house.context.db, async (tx) => {
    await tx.rows(sql`select from pets where id = ${world.rex} for update`)
    isHeld.resolve()
    await letGo.promise
  })
  await isHeld.promise
  const putting = Promise.all(Array.from({ length: 8 }, put))
  const waitingForRex = async () => {
    const [row] = await house.sql(`
      select count(*)::int as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`)
    return row.waiting
  }
  while ((await waitingForRex()) < 2) await wait(5)
  // More of them would have come to the pet by then.
  await wait(300)
  const waiting = await waitingForRex()
  const answered = house.call('GET', '/services', { as: world.maya }).then(({ status }) => status)
  const status = await Promise.race([answered, wait(10_000, 'no answer')])
  letGo.resolve()
  await holding
  assert.deepEqual(
    (await putting).map(({ status }) => status),
    Array.from({ length: 8 }, () => 200),
  )
  assert.deepEqual([waiting, status], [2, 200])
})
