import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBackstage } from '../../../test/backstage.ts'
import { alarms } from '../../worker.ts'
import { watchAll, watchLag } from '../watch/watch-trail.ts'
import { sealLag } from './seal-lag.ts'
import { sealAll, write } from './test-trail.ts'

test('tells the age of the oldest event that is not sealed, and of the oldest that is not watched', async () => {
  await using house = await openBackstage()
  const { db } = house.context
  const on = async (name: string) => alarms.find((alarm) => alarm.name === name)?.isOn(db)
  await write(db, 1, undefined, 'session.ended')
  await house.setClockAhead('10 minutes')
  await write(db, 1, undefined, 'session.ended')
  for (const lag of [await sealLag(db), await watchLag(db)]) assert.ok(lag >= 600 && lag < 900, String(lag))
  assert.deepEqual([await on('seal-behind'), await on('watch-behind')], [true, true])
  await sealAll(house.context, house.sql)
  assert.deepEqual([await sealLag(db), await on('seal-behind'), await on('watch-behind')], [0, false, true])
  while ((await watchLag(db)) !== 0) await watchAll(house.context)
  assert.equal(await on('watch-behind'), false)
})
