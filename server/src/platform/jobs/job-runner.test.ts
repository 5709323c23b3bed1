import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import pino from 'pino'
import { cloneDatabase } from '../../../test/clone-database.ts'
import { openSilentProxy } from '../../../test/silent-proxy.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { openDatabase, transact } from '../database/database.ts'
import { openJobRunner, runDueJobs } from './job-runner.ts'
import { enqueue, type Job, type JobSpec } from './jobs.ts'
import { releaseOrphans, showLife } from './orphaned-jobs.ts'

type Payload = { text: string }

test('runs jobs as they come, with the context and the payload', async (t) => {
  const { add, running } = await openQueue(t)
  const heard = new EventEmitter()
  const job: Job<string, Payload> = {
    name: 'test.say',
    run: async (context, { text }) => void heard.emit('said', context, text),
  }
  await using _runner = openJobRunner({ ...running, context: 'context', jobs: [job] })
  const said = once(heard, 'said')
  await add({ key: 'a', name: 'test.say', payload: { text: 'hello' } })
  assert.deepEqual(await said, ['context', 'hello'])
})

test('tries a job that failed again, later, and keeps why it failed by code alone', async (t) => {
  const { add, running, jobs } = await openQueue(t)
  const job: Job<null> = {
    name: 'test.fail',
    run: async () => Promise.reject(Object.assign(new Error('Maya has no luck'), { code: 'EPICFAIL' })),
  }
  await add({ key: 'a', name: 'test.fail', payload: {} })
  await runDueJobs({ ...running, jobs: [job] })
  const [failed] = await jobs()
  assert.deepEqual(
    [failed.attempts, failed.last_error, failed.waits, failed.locked_by],
    [1, 'Error EPICFAIL', true, null],
  )
})

test('spreads jobs that failed together over a quarter more than their pause', async (t) => {
  const { add, running, admin } = await openQueue(t)
  const job: Job<null> = { name: 'test.fail', run: async () => Promise.reject(new Error('down')) }
  for (let n = 0; n < 12; n++) await add({ key: `job ${n}`, name: 'test.fail', payload: {} })
  await admin.query('update graphile_worker._private_jobs set attempts = 8')
  await runDueJobs({ ...running, jobs: [job] })
  const { rows } = await admin.query(
    'select extract(epoch from run_at - now())::float8 / exp(9) as pauses from graphile_worker._private_jobs',
  )
  const pauses = rows.map((row) => row.pauses)
  assert.ok(Math.min(...pauses) > 0.99 && Math.max(...pauses) < 1.26, `${pauses}`)
  assert.ok(Math.max(...pauses) - Math.min(...pauses) > 0.02, `${pauses}`)
})

test('runs jobs that wait for others beside all others, and those of one queue one by one', async (t) => {
  const { add, running } = await openQueue(t)
  const hung = Promise.withResolvers<void>()
  let under = 0
  let most = 0
  const waits: Job<null> = {
    name: 'test.wait',
    lane: 'outward',
    async run() {
      most = Math.max(most, ++under)
      await hung.promise
    },
  }
  const said = Promise.withResolvers<void>()
  const says: Job<null> = { name: 'test.say', run: async () => said.resolve() }
  for (let n = 0; n < 30; n++) await add({ key: `${n}`, name: 'test.wait', payload: {}, queue: `queue ${n % 10}` })
  const runner = openJobRunner({ ...running, jobs: [waits, says] })
  while (under < 10) await sleep(20)
  await add({ key: 'say', name: 'test.say', payload: {} })
  await said.promise
  await sleep(100)
  assert.equal(most, 10)
  hung.resolve()
  await runner[Symbol.asyncDispose]()
})

test('gives a job that takes too long back when it stops', async (t) => {
  const { add, running, jobs } = await openQueue(t)
  const begun = Promise.withResolvers<void>()
  const hung = Promise.withResolvers<void>()
  t.after(() => hung.resolve())
  const job: Job<null> = {
    name: 'test.hang',
    run() {
      begun.resolve()
      return hung.promise
    },
  }
  await add({ key: 'a', name: 'test.hang', payload: {} })
  const runner = openJobRunner({ ...running, jobs: [job] })
  await begun.promise
  const before = performance.now()
  await runner[Symbol.asyncDispose]()
  assert.ok(performance.now() - before < 20_000)
  const [given] = await jobs()
  assert.deepEqual([given.key, given.locked_by, given.attempts], ['a', null, 1])
})

test('lets a job under way finish before it stops', async (t) => {
  const { add, running, jobs } = await openQueue(t)
  const begun = Promise.withResolvers<void>()
  let isDone = false
  const job: Job<null> = {
    name: 'test.take-time',
    async run() {
      begun.resolve()
      await sleep(300)
      isDone = true
    },
  }
  await add({ key: 'a', name: 'test.take-time', payload: {} })
  const runner = openJobRunner({ ...running, jobs: [job] })
  await begun.promise
  await runner[Symbol.asyncDispose]()
  assert.ok(isDone)
  assert.deepEqual(await jobs(), [])
})

test('goes on when every connection is lost', async (t) => {
  const { add, running, jobs, admin } = await openQueue(t)
  const begun = Promise.withResolvers<void>()
  const job: Job<null> = {
    name: 'test.take-time',
    async run() {
      begun.resolve()
      await sleep(200)
    },
  }
  await using _runner = openJobRunner({ ...running, jobs: [job] })
  await add({ key: 'a', name: 'test.take-time', payload: {} })
  await begun.promise
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await admin.query(`select graphile_worker.add_job('test.take-time', job_key => 'b')`)
  while ((await jobs()).length > 0) await sleep(50)
})

test('goes on, alone, when its connections fall silent, and with the jobs that were on their way to it', {
  timeout: 180_000,
}, async (t) => {
  const { add, running, admin } = await openQueue(t)
  const { url, silence } = await openSilentProxy(t, running.databaseUrl)
  const begun = Promise.withResolvers<void>()
  const hung = Promise.withResolvers<void>()
  const heard = new Set<string>()
  const hangs: Job<null> = {
    name: 'test.hang',
    run() {
      begun.resolve()
      return hung.promise
    },
  }
  const says: Job<null, Payload> = { name: 'test.say', run: async (_, { text }) => void heard.add(text) }
  await using _runner = openJobRunner({ ...running, databaseUrl: url, jobs: [hangs, says] })
  await add({ key: 'under way', name: 'test.hang', payload: {} })
  await begun.promise
  silence()
  const silentAt = performance.now()
  await add({ key: 'new', name: 'test.say', payload: { text: 'new' } })
  // As if it had been fetched, and the answer were lost: the server believes that who has it lives.
  await add({ key: 'lost', name: 'test.say', payload: { text: 'lost' }, runAt: '2090-01-01T00:00:00Z' })
  await admin.query(`
    update graphile_worker._private_jobs lost set locked_by = held.locked_by, locked_at = now(), attempts = 1, run_at = now()
      from graphile_worker._private_jobs held where lost.key = 'lost' and held.key = 'under way'`)
  hung.resolve()
  while (heard.size < 2) await sleep(20)
  t.diagnostic(`${Math.round(performance.now() - silentAt)} ms`)
})

test('stops when its connections fall silent before it was heard', { timeout: 60_000 }, async (t) => {
  const { running } = await openQueue(t)
  const silenced = Promise.withResolvers<void>()
  const proxy = await openSilentProxy(t, running.databaseUrl, (sent) => {
    if (!sent.includes('LISTEN "jobs:insert"')) return
    proxy.silence()
    silenced.resolve()
  })
  const runner = openJobRunner({ ...running, databaseUrl: proxy.url, jobs: [] })
  await silenced.promise
  await runner[Symbol.asyncDispose]()
})

test('takes over from a worker that died', async (t) => {
  const { add, running, admin } = await openQueue(t)
  const taken = Promise.withResolvers<void>()
  const job: Job<null> = { name: 'test.say', run: async () => taken.resolve() }
  await add({ key: 'a', name: 'test.say', payload: {} })
  await admin.query(`update graphile_worker._private_jobs
    set locked_by = 'dead', attempts = 1, locked_at = now() - interval '1 minute'`)
  await using _runner = openJobRunner({ ...running, jobs: [job] })
  await taken.promise
})

test('gives back the jobs of a worker that died, and only those', async (t) => {
  const { add, jobs, admin, pool } = await openQueue(t)
  for (const key of ['dead', 'living', 'young']) await add({ key, name: 'test.say', payload: {} })
  await admin.query(`update graphile_worker._private_jobs
    set locked_by = key, locked_at = now() - case key when 'young' then interval '1 second' else interval '1 minute' end`)
  const dying = new AbortController()
  const life = showLife(pool, 'living', dying.signal)
  while (
    (
      await admin.query(
        `select from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`,
      )
    ).rows.length === 0
  )
    await sleep(10)
  const holders = async () => (await jobs()).map((job) => [job.key, job.locked_by])
  await releaseOrphans(pool)
  assert.deepEqual(await holders(), [
    ['dead', null],
    ['living', 'living'],
    ['young', 'young'],
  ])
  dying.abort()
  await life
  while ((await holders())[1]?.[1] !== null) await releaseOrphans(pool)
})

async function openQueue(t: TestContext) {
  const { databaseUrl, superuserUrl } = await cloneDatabase()
  const db = openDatabase(databaseUrl, 2, () => {}, testMarks())
  const pool = new pg.Pool({ connectionString: databaseUrl, options: '-c role=petra_app' })
  pool.on('error', () => {})
  const admin = new pg.Client({ connectionString: superuserUrl })
  await admin.connect()
  t.after(async () => {
    await db[Symbol.asyncDispose]()
    await pool.end()
    await admin.end()
  })
  return {
    admin,
    pool,
    running: { databaseUrl, log: pino({ level: 'silent' }), context: null, crontab: [] },
    add: (spec: JobSpec) => transact(db, (tx) => enqueue(tx, [spec])),
    jobs: async () =>
      (
        await admin.query(
          'select key, attempts, last_error, locked_by, run_at > now() as waits from graphile_worker.jobs order by key',
        )
      ).rows,
  }
}
