import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { system } from '../actor.ts'
import { transact } from '../database/database.ts'
import { StartupError } from '../startup-error.ts'
import { dispatch, logLag, openDispatcher } from './dispatcher.ts'
import { record } from './event-log.ts'
import { eventOf, openLog } from './test-log.ts'

test('turns announced events into jobs, in one commit with its cursor', async (t) => {
  const { announce, drain, jobs, db } = await openLog(t)
  await announce({ key: 'now', name: 'test.job', payload: { n: 1 } })
  await announce({ key: 'later', name: 'test.job', payload: { n: 2 }, runAt: '2031-01-01T00:00:00Z' })
  await transact(db, async (tx) =>
    record(tx, system, 'pet.created', { payload: { spec: { key: 'unheard' } } as never }),
  )
  await drain()
  const [later, now] = await jobs()
  assert.deepEqual([later?.key, later?.payload, later?.year], ['later', { n: 2 }, 2031])
  assert.deepEqual([now?.key, now?.payload, now?.task], ['now', { n: 1 }, 'test.job'])
  assert.equal((await jobs()).length, 2)
  await drain()
  assert.deepEqual(
    (await jobs()).map(({ revision }) => revision),
    [0, 0],
  )
})

test('skips no event of a transaction held open while later ones commit', async (t) => {
  const { announce, drain, jobs, db, dispatching } = await openLog(t)
  const slow = await db.pool.connect()
  await slow.query('begin')
  const [insert] = db.marks.mark([eventOf({ key: 'slow', name: 'test.job', payload: {} })]).statements
  await slow.query(insert as pg.QueryConfig)
  await announce({ key: 'quick', name: 'test.job', payload: {} })
  assert.equal(await dispatch(dispatching), 0, 'what came later waits')
  assert.ok((await logLag(db)) > 0)
  await slow.query('commit')
  slow.release()
  await drain()
  assert.deepEqual(
    (await jobs()).map(({ key }) => key),
    ['quick', 'slow'],
  )
  assert.equal(await logLag(db), 0)
})

test('reads events in the order of their transactions, not of the digits', async (t) => {
  const { announce, drain, jobs, admin } = await openLog(t)
  const later = await announce({ key: 'visit', name: 'test.job', payload: { start: 2 } })
  const earlier = await announce({ key: 'visit', name: 'test.job', payload: { start: 1 } })
  await admin.query(`update events set xid = case id when $1 then '100'::xid8 when $2 then '99'::xid8 end`, [
    later,
    earlier,
  ])
  await drain()
  const [job] = await jobs()
  assert.deepEqual([job?.payload, job?.revision], [{ start: 2 }, 0])
})

test('folds specs with one key in order: the later wins, a removal removes', async (t) => {
  const { announce, drain, jobs } = await openLog(t)
  await announce({ key: 'moved', name: 'test.job', payload: { start: 1 } })
  await announce({ key: 'cancelled', name: 'test.job', payload: {} })
  await announce({ key: 'moved', name: 'test.job', payload: { start: 2 } })
  await announce({ key: 'cancelled', remove: true })
  await announce({ key: 'again', remove: true })
  await announce({ key: 'again', name: 'test.job', payload: {} })
  await drain()
  assert.deepEqual(
    (await jobs()).map(({ key, payload }) => [key, payload]),
    [
      ['again', {}],
      ['moved', { start: 2 }],
    ],
  )
})

test('replaces and removes jobs of earlier batches', async (t) => {
  const { announce, drain, jobs } = await openLog(t)
  await announce({ key: 'moved', name: 'test.job', payload: {}, runAt: '2030-01-01T00:00:00Z' })
  await announce({ key: 'cancelled', name: 'test.job', payload: {} })
  await drain()
  await announce({ key: 'moved', name: 'test.job', payload: {}, runAt: '2031-01-01T00:00:00Z' })
  await announce({ key: 'cancelled', remove: true })
  await drain()
  assert.deepEqual(
    (await jobs()).map(({ key, year }) => [key, year]),
    [['moved', 2031]],
  )
})

test('adds a job beside the one with its key that runs already', async (t) => {
  const { announce, drain, jobs, admin } = await openLog(t)
  await announce({ key: 'mail', name: 'test.job', payload: { n: 1 } })
  await drain()
  await admin.query(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a worker', attempts = 1`)
  await announce({ key: 'mail', name: 'test.job', payload: { n: 2 } })
  await drain()
  assert.deepEqual(
    (await jobs()).map(({ key, payload, locked_by }) => [key, payload, locked_by]),
    [
      ['mail', { n: 2 }, null],
      [null, { n: 1 }, 'a worker'],
    ],
  )
})

test('refuses to run in another cluster than the one it has read in', async (t) => {
  const { announce, drain, dispatching, admin } = await openLog(t)
  await announce({ key: 'a', name: 'test.job', payload: {} })
  await drain()
  await admin.query(`update log_cursors set system_identifier = '1'`)
  await announce({ key: 'b', name: 'test.job', payload: {} })
  await assert.rejects(
    openDispatcher(dispatching),
    (error) => error instanceof StartupError && /another PostgreSQL cluster/.test(error.message),
  )
  await assert.rejects(dispatch(dispatching), StartupError)
  await assert.rejects(logLag(dispatching.db), StartupError)
  const { rows } = await admin.query('select count(*)::int as jobs from graphile_worker.jobs')
  assert.equal(rows[0].jobs, 1)
})

test('tells the age of the oldest event that waits', async (t) => {
  const { announce, db, drain, admin } = await openLog(t)
  assert.equal(await logLag(db), 0)
  await announce({ key: 'a', name: 'test.job', payload: {} })
  await admin.query(`update test_clock set ahead = '90 seconds'`)
  await announce({ key: 'b', name: 'test.job', payload: {} })
  const lag = await logLag(db)
  assert.ok(lag >= 90 && lag < 120, String(lag))
  await drain()
  assert.equal(await logLag(db), 0)
})
