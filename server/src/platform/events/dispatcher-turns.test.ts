import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openSilentProxy } from '../../../test/silent-proxy.ts'
import type { BatchListener } from '../jobs/jobs.ts'
import { dispatch, openDispatcher } from './dispatcher.ts'
import { openLog } from './test-log.ts'

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

test('is ended by the server when it hangs, and another takes over within ten seconds', {
  timeout: 120_000,
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

test('goes on within ten seconds, alone, when its connection to the database falls silent', {
  timeout: 120_000,
}, async (t) => {
  const { announce, jobs, dispatching } = await openLog(t)
  const { url, silence } = await openSilentProxy(t, dispatching.config.databaseUrl)
  await using _dispatcher = await openDispatcher({ ...dispatching, config: { databaseUrl: url } })
  await announce({ key: 'before', name: 'test.job', payload: {} })
  while ((await jobs()).length < 1) await wait(20)
  silence()
  const silentAt = performance.now()
  await announce({ key: 'after', name: 'test.job', payload: {} })
  while ((await jobs()).length < 2) await wait(20)
  const ms = performance.now() - silentAt
  t.diagnostic(`${Math.round(ms)} ms`)
  assert.ok(ms < 10_000, `${ms} ms`)
})
