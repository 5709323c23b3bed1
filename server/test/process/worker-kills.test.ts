import assert from 'node:assert/strict'
import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { createWebhook } from '../../src/features/webhooks/create-webhook.ts'
import { openReceiver, type Receiver } from '../../src/features/webhooks/test-receiver.ts'
import { nobody, type Person, system } from '../../src/platform/actor.ts'
import { transact } from '../../src/platform/database/database.ts'
import { logLag } from '../../src/platform/events/dispatcher.ts'
import { record } from '../../src/platform/events/event-log.ts'
import { type Backstage, openBackstage } from '../backstage.ts'
import { seeded } from '../seeded.ts'
import { type Petra, startPetra } from './start-petra.ts'

/** `WORKER_KILLS=100 WORKER_EVENTS=10000 WORKER_SEED=7` for more of it. */
const KILLS = Number(process.env.WORKER_KILLS ?? 2)
const EVENTS = Number(process.env.WORKER_EVENTS ?? 200)
const SEED = Number(process.env.WORKER_SEED ?? 1)
const WORKERS = 2
const ENDPOINTS = 3
/** A killed worker's jobs go on a minute later at the most. */
const MOST_MS = 60_000

test(`delivers every committed event and no other while workers are killed ${KILLS} times`, {
  timeout: 600_000,
}, async (t) => {
  const chance = seeded(SEED)
  const allow = { WEBHOOK_ALLOW: '127.0.0.1' }
  await using house = await openBackstage({ ...allow, DATABASE_POOL: '20', LOG_LEVEL: 'silent' })
  const { databaseUrl, dataDir } = house.context.config
  const env = { ...allow, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PROCESS: 'worker', LOG_LEVEL: 'fatal' }
  const receivers = await Promise.all(Array.from({ length: ENDPOINTS }, () => registered(house, t)))
  const workers = await Promise.all(Array.from({ length: WORKERS }, () => startPetra(env)))
  t.after(() => Promise.all(workers.map((worker) => worker.end('SIGKILL'))))

  let killed = 0
  const committed = commitAll(house, chance, () => killed / KILLS)
  for (; killed < KILLS; killed++) {
    await wait(200 + chance() * 600)
    const victim = Math.floor(chance() * WORKERS)
    await (workers[victim] as Petra).end('SIGKILL')
    workers[victim] = await startPetra(env)
  }
  const petIds = await committed
  const startedAt = performance.now()
  const missing = () => receivers.some(({ received }) => new Set(received.map(({ id }) => id)).size < petIds.size)
  while (missing() && performance.now() - startedAt < MOST_MS) await wait(50)
  t.diagnostic(`${petIds.size} committed; all had arrived ${Math.round(performance.now() - startedAt)} ms later`)
  while ((await logLag(house.context.db)) > 0) await wait(50)
  await wait(300)
  for (const { received } of receivers) {
    assert.deepEqual(new Set(received.map(({ message }) => message.data.petId)), petIds)
    const ids = new Set(received.map(({ id }) => id))
    assert.equal(ids.size, petIds.size, 'who drops what they have seen sees each once')
    t.diagnostic(`${received.length - ids.size} arrived twice`)
  }
  const [{ interrupted }] = await house.sql('select sum(interrupted)::int as interrupted from webhook_deliveries')
  const twice = receivers.reduce((sum, { received }) => sum + received.length - petIds.size, 0)
  assert.ok(twice <= interrupted, `${twice} twice, ${interrupted} cut off: every duplicate is counted`)
  assert.deepEqual(await house.sql('select * from parked_events'), [])
})

async function registered(house: Backstage, t: Parameters<typeof openReceiver>[0]): Promise<Receiver> {
  const receiver = await openReceiver(t)
  const [{ id: accountId }] = await house.sql(
    `insert into accounts (name, roles) values ('Ada', '{owner,admin}') returning id`,
  )
  const admin = { ...nobody(system.request), accountId } as Person
  await createWebhook(house.context, admin, { url: receiver.url, eventTypes: ['pet.created'] })
  return receiver
}

/** Commits events until all are, and workers have been killed often enough; others are rolled back meanwhile. @returns the pets */
async function commitAll(house: Backstage, chance: () => number, progress: () => number): Promise<Set<string>> {
  const petIds = new Set<string>()
  const { db } = house.context
  const one = async () => {
    while (petIds.size < EVENTS && progress() < Number.POSITIVE_INFINITY) {
      if (petIds.size / EVENTS > progress() + 0.1) {
        await wait(20)
        continue
      }
      const petId = randomUUID()
      petIds.add(petId)
      const isSlow = chance() < 0.05
      await transact(db, async (tx) => {
        if (isSlow) await tx.rows({ text: 'select pg_current_xact_id()', values: [] })
        if (isSlow) await wait(chance() * 400)
        record(tx, system, 'pet.created', { resource: { type: 'pet', id: petId }, petId })
      })
      if (chance() < 0.1) await rollBack(house)
    }
  }
  await Promise.all(Array.from({ length: 8 }, one))
  return petIds
}

/** An event that was written, and taken back. */
async function rollBack(house: Backstage): Promise<void> {
  const client = await house.context.db.pool.connect()
  await client.query('begin')
  await client.query(
    `insert into events
     select (jsonb_populate_record(e, jsonb_build_object('id', $1::uuid, 'pet_id', $1::uuid, 'xid', pg_current_xact_id()::text, 'counter', -1))).*
       from events e where name = 'pet.created' limit 1`,
    [randomUUIDv7()],
  )
  await client.query('rollback')
  client.release()
}
