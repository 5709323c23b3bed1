import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transact } from '../database/database.ts'
import { listParked, retryParkedEvent } from '../jobs/job-rows.ts'
import type { BatchListener } from '../jobs/jobs.ts'
import { dispatch, logLag } from './dispatcher.ts'
import { echo, openLog } from './test-log.ts'

test('parks an event that its listener cannot read, and goes on', async (t) => {
  const { announce, drain, jobs, parked } = await openLog(t)
  await announce({ key: 'before', name: 'test.job', payload: {} })
  const poison = await announce('poison')
  await announce({ key: 'after', name: 'test.job', payload: {} })
  await drain()
  assert.deepEqual(
    (await jobs()).map(({ key }) => key),
    ['after', 'before'],
  )
  assert.deepEqual(await parked(), [{ event_id: poison, reason: 'Error' }])
})

test('parks only the event whose job the database refuses, when a batch fails as a whole', async (t) => {
  const { announce, drain, jobs, parked } = await openLog(t)
  await announce({ key: 'before', name: 'test.job', payload: {} })
  const refused = await announce({ key: 'refused', name: 'test.job', payload: {}, runAt: 'the day after' })
  await announce({ key: 'after', name: 'test.job', payload: {} })
  await announce({ key: 'before', remove: true })
  await drain()
  assert.deepEqual(
    (await jobs()).map(({ key }) => key),
    ['after'],
  )
  assert.deepEqual(
    (await parked()).map(({ event_id }) => event_id),
    [refused],
  )
})

test('writes for a whole batch in the transaction that dispatches it, and parks only the event that cannot be', async (t) => {
  const { announce, drain, jobs, parked, dispatching, admin } = await openLog(t)
  const seen: string[][] = []
  const batchListener: BatchListener = {
    events: ['pet.archived'],
    async jobsForAll(tx, events) {
      seen.push(events.map(({ id }) => id))
      if (events.some(({ payload }) => payload?.spec === 'poison')) throw new Error('poison')
      await tx.rows({
        text: `insert into alarms (name) select id from unnest($1::text[]) as id`,
        values: [seen.at(-1)],
      })
      return [{ key: 'batch', name: 'test.job', payload: {} }]
    },
  }
  const batching = { ...dispatching, listeners: [batchListener] }
  const ids = [await announce({ key: 'a', remove: true }), await announce({ key: 'b', remove: true })]
  await drain(batching)
  assert.deepEqual(seen, [ids])
  const poison = await announce('poison')
  const sound = await announce({ key: 'c', remove: true })
  await drain(batching)
  assert.deepEqual(
    (await parked()).map(({ event_id }) => event_id),
    [poison],
  )
  const { rows } = await admin.query('select name from alarms order by name')
  assert.deepEqual(
    rows.map(({ name }) => name),
    [...ids, sound].sort(),
  )
  assert.deepEqual(
    (await jobs()).map(({ key }) => key),
    ['batch'],
  )
})

test('tries a parked event again when it is told to, and leaves alone what came after it', async (t) => {
  const { announce, drain, jobs, parked, dispatching, db } = await openLog(t)
  const broken = {
    ...dispatching,
    listeners: [
      {
        ...echo,
        jobsFor: () => {
          throw new Error('broken')
        },
      },
    ],
  }
  const lost = await announce({ key: 'lost', name: 'test.job', payload: { n: 1 } })
  const old = await announce({ key: 'moved', name: 'test.job', payload: { n: 1 } })
  await drain(broken)
  await announce({ key: 'moved', name: 'test.job', payload: { n: 2 } })
  await drain()
  const listed = await listParked(db, null, 10)
  assert.deepEqual(
    listed.map(({ id, kind, name, fault }) => [id, kind, name, fault]).sort(),
    [lost, old].sort().map((id) => [id, 'event', 'pet.archived', 'Error']),
  )
  await transact(db, async (tx) => {
    for (const id of [lost, old]) assert.equal(await retryParkedEvent(tx, id), 'pet.archived')
    assert.equal(await retryParkedEvent(tx, lost), undefined, 'once')
  })
  await drain()
  assert.deepEqual(await parked(), [])
  assert.deepEqual(
    (await jobs()).map(({ key, payload }) => [key, payload]),
    [
      ['lost', { n: 1 }],
      ['moved', { n: 2 }],
    ],
  )
})

test('parks nothing for a trouble of the database, which passes', async (t) => {
  const { announce, drain, jobs, parked, dispatching, admin } = await openLog(t)
  const refused = await announce({ key: 'refused', name: 'test.job', payload: {}, runAt: 'the day after' })
  await announce({ key: 'a', name: 'test.job', payload: {} })
  await admin.query(`
    create function disk_full() returns trigger language plpgsql as $$ begin raise sqlstate '53100'; end $$;
    create trigger disk_full before insert on graphile_worker._private_jobs for each row execute function disk_full()`)
  // Until the horizon is past the events there is nothing to fail with.
  await assert.rejects(
    async () => {
      while ((await logLag(dispatching.db)) !== 0) await dispatch(dispatching)
    },
    { code: '53100' },
  )
  assert.deepEqual(await parked(), [])
  await admin.query('drop function disk_full cascade')
  await drain()
  assert.deepEqual(
    (await parked()).map(({ event_id }) => event_id),
    [refused],
  )
  assert.deepEqual(
    (await jobs()).map(({ key }) => key),
    ['a'],
  )
})
