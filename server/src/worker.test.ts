import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Backstage, openBackstage } from '../test/backstage.ts'
import { system } from './platform/actor.ts'
import { transact } from './platform/database/database.ts'
import { logLag } from './platform/events/dispatcher.ts'
import { record } from './platform/events/event-log.ts'
import { enqueue } from './platform/jobs/jobs.ts'
import { StartupError } from './platform/startup-error.ts'
import { crontab, jobs, openWorker } from './worker.ts'

let house: Backstage

before(async () => {
  house = await openBackstage()
})
after(() => house[Symbol.asyncDispose]())

test('follows the log, runs its jobs and keeps the crontab', async () => {
  await using _worker = await openWorker(house.context)
  const id = crypto.randomUUID()
  await transact(house.context.db, async (tx) =>
    record(tx, system, 'appointment.cancelled', {
      resource: { type: 'appointment', id },
      petId: id,
      payload: { startsAt: '2031-01-01T09:00:00Z', sequence: 1, late: false },
    }),
  )
  const read = async () =>
    (await house.sql('select from log_cursors where tail = $$dispatcher$$')).length === 1 &&
    (await logLag(house.context.db)) === 0
  while (!(await read())) await sleep(20)
  assert.deepEqual(await house.sql('select * from parked_events'), [])
  while ((await house.sql('select from graphile_worker.jobs where run_at <= now()')).length > 0) await sleep(20)
  const known = async () => house.sql('select identifier from graphile_worker._private_known_crontabs order by 1')
  while ((await known()).length === 0) await sleep(20)
  assert.deepEqual((await known()).map(({ identifier }) => identifier).sort(), crontab.map(({ task }) => task).sort())
})

test('sweeps by the clock whatever there is to sweep', () => {
  const sweeps = (names: string[]) => names.filter((name) => /\.sweep\b/.test(name)).sort()
  assert.deepEqual(sweeps(crontab.map(({ task }) => task)), sweeps(jobs.map(({ name }) => name)))
})

test('sweeps the answers whose day is over', async () => {
  await house.sql(`
    insert into idempotent_answers (account_id, key, fingerprint, answer, expires_at) values
      (gen_random_uuid(), 'over', '', '', now() - interval '1 second'), (gen_random_uuid(), 'kept', '', '', now() + interval '1 hour')`)
  const sweep = { key: 'sweep', name: 'idempotency.sweep-answers', payload: {} }
  await transact(house.context.db, (tx) => enqueue(tx, [sweep]))
  await house.drain()
  assert.deepEqual(await house.sql('select key from idempotent_answers'), [{ key: 'kept' }])
})

test('does not start on a database that was restored into another cluster', async () => {
  await house.sql(`
    insert into log_cursors (tail, system_identifier, xid, id) values ('dispatcher', '1', '1', gen_random_uuid())
    on conflict (tail) do update set system_identifier = excluded.system_identifier`)
  await assert.rejects(openWorker(house.context), StartupError)
})
