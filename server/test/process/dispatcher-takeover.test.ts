import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { system } from '../../src/platform/actor.ts'
import { transact } from '../../src/platform/database/database.ts'
import { logLag } from '../../src/platform/events/dispatcher.ts'
import { record } from '../../src/platform/events/event-log.ts'
import { openBackstage } from '../backstage.ts'
import { startPetra } from './start-petra.ts'

test('another worker dispatches within ten seconds when the one that was at it is killed', {
  timeout: 300_000,
}, async (t) => {
  await using house = await openBackstage({ LOG_LEVEL: 'silent' })
  const { db, config } = house.context
  const start = (name: string) =>
    startPetra({
      DATABASE_URL: `${config.databaseUrl}?application_name=${name}`,
      DATA_DIR: config.dataDir,
      PROCESS: 'worker',
      LOG_LEVEL: 'fatal',
    })
  const [one, other] = await Promise.all([start('one'), start('other')])
  t.after(() => Promise.all([one, other].map((worker) => worker.end('SIGKILL'))))

  const operator = new pg.Client(config.databaseUrl)
  await operator.connect()
  t.after(() => operator.end())
  // The cursor cannot be moved: whoever dispatches stays at it.
  await operator.query('begin; lock table log_cursors in exclusive mode')
  const petId = randomUUID()
  await transact(db, async (tx) => record(tx, system, 'pet.created', { resource: { type: 'pet', id: petId }, petId }))
  const dispatching = async () => (await operator.query(dispatches)).rows[0]?.application_name
  while ((await dispatching()) === undefined) await wait(10)
  const victim = (await dispatching()) === 'one' ? one : other
  assert.ok((await logLag(db)) > 0)

  await victim.end('SIGKILL')
  const killedAt = performance.now()
  await operator.query('commit')
  while ((await logLag(db)) > 0) await wait(10)
  const ms = performance.now() - killedAt
  t.diagnostic(`${Math.round(ms)} ms`)
  assert.ok(ms < 10_000, `${ms} ms`)
})

/** Who has the log and waits to move the cursor. */
const dispatches = `
  select a.application_name
    from pg_locks l join pg_stat_activity a on a.pid = l.pid
   where l.locktype = 'advisory' and l.granted and a.wait_event_type = 'Lock' and l.objsubid = 1
     and l.database = (select oid from pg_database where datname = current_database())
     and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('tail dispatcher', 0)`
