import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import pino from 'pino'
import { cloneDatabase } from '../../../test/clone-database.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { system } from '../actor.ts'
import { openDatabase, transact } from '../database/database.ts'
import { listParked, retryParkedEvent } from '../jobs/job-rows.ts'
import type { BatchListener, JobSpec, Listener } from '../jobs/jobs.ts'
import { StartupError } from '../startup-error.ts'
import { type Dispatching, dispatch, logLag, openDispatcher } from './dispatcher.ts'
import { record } from './event-log.ts'
import type { EventRow } from './event-rows.ts'

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

test('lets one dispatcher at a time read the log, each event once', async (t) => {
  const { announce, drain, jobs, dispatching } = await openLog(t)
  for (let n = 0; n < 40; n++) await announce({ key: `job ${n}`, name: 'test.job', payload: {} })
  const running = await Promise.all([1, 2, 3].map(() => openDispatcher(dispatching)))
  await Promise.all([drain(), drain(), drain()])
  await Promise.all(running.map((dispatcher) => dispatcher[Symbol.asyncDispose]()))
  const all = await jobs()
  assert.equal(all.length, 40)
  assert.deepEqual(
    all.filter(({ revision }) => revision > 0),
    [],
  )
})

test('leaves the log to who is at it', async (t) => {
  const { announce, db, dispatching, drain, jobs } = await openLog(t)
  await announce({ key: 'a', name: 'test.job', payload: {} })
  const other = await db.pool.connect()
  await other.query('begin')
  await other.query(`select pg_advisory_xact_lock(hashtextextended('tail dispatcher', 0))`)
  assert.equal(await dispatch(dispatching), 0)
  await other.query('rollback')
  other.release()
  await drain()
  assert.equal((await jobs()).length, 1)
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

test('is ended by the server when it hangs, and another takes over within ten seconds', {
  timeout: 30_000,
}, async (t) => {
  const { announce, jobs, dispatching } = await openLog(t)
  const hung = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const hanging: BatchListener = {
    events: ['pet.archived'],
    async jobsForAll() {
      begun.resolve()
      await hung.promise
      return []
    },
  }
  await announce({ key: 'a', name: 'test.job', payload: {} })
  const other = await openDispatcher({ ...dispatching, listeners: [hanging] })
  await begun.promise
  const startedAt = performance.now()
  const next = await openDispatcher(dispatching)
  while ((await jobs()).length === 0) await wait(50)
  const ms = performance.now() - startedAt
  hung.resolve()
  await Promise.all([other, next].map((dispatcher) => dispatcher[Symbol.asyncDispose]()))
  assert.ok(ms > 3_000 && ms < 10_000, `${ms} ms`)
  assert.equal((await jobs()).length, 1)
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

/** An event says what is to become of it. */
const echo: Listener = {
  events: ['pet.archived'],
  jobsFor: ({ payload }) => {
    if (payload?.spec === 'poison') throw new Error('poison')
    return [payload?.spec as JobSpec]
  },
}

async function openLog(t: TestContext) {
  const { databaseUrl, superuserUrl } = await cloneDatabase()
  const db = openDatabase(databaseUrl, 8, () => {}, testMarks())
  const admin = new pg.Client({ connectionString: superuserUrl })
  await admin.connect()
  t.after(async () => {
    await db[Symbol.asyncDispose]()
    await admin.end()
  })
  const dispatching = { db, listeners: [echo], log: pino({ level: 'silent' }) }
  const select = async (text: string) => (await admin.query(text)).rows
  return {
    db,
    admin,
    dispatching,
    async announce(spec: JobSpec | 'poison'): Promise<string> {
      const event = eventOf(spec)
      await transact(db, async (tx) => {
        tx.events.push(event)
      })
      return event.id
    },
    /** The test run's other databases are in the same cluster: their transactions hold the horizon too. */
    async drain(by: Dispatching = dispatching) {
      do await dispatch(by)
      while ((await logLag(db)) !== 0)
    },
    jobs: () =>
      select(`
        select j.key, t.identifier as task, j.payload, extract(year from j.run_at)::int as year, j.revision, j.locked_by
          from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         order by j.key`),
    parked: () => select('select event_id, reason from parked_events order by parked_at'),
  }
}

function eventOf(spec: JobSpec | 'poison') {
  const events: EventRow[] = []
  record({ events } as never, system, 'pet.archived', { payload: { spec } as never })
  return events[0] as EventRow
}
