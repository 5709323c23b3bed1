import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { openBackstage } from '../../../test/backstage.ts'
import { type Actor, nobody } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { type Db, openDatabase, transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { openEventMarks } from '../../platform/events/event-marks.ts'
import type { Keyring } from '../../platform/keys/keyring.ts'
import type { Anchor } from './anchor.ts'
import { anchorsOf } from './anchors.ts'
import { publishCheckpoints } from './publish-checkpoints.ts'
import { markOf, sealEvents } from './seal-events.ts'
import { trailInDatabase } from './trail-in-database.ts'
import { BrokenTrail, type Verified, type VerifyOptions, verifyTrail } from './verify-trail.ts'

export interface TestTrail extends AsyncDisposable {
  readonly keyring: Keyring
  readonly anchors: readonly Anchor[]
  /** Ids of its events in commit order. */
  readonly ids: readonly string[]
  /** A database just like it, to do something to. */
  copy(): Promise<CopiedTrail>
}

export interface CopiedTrail extends AsyncDisposable {
  readonly db: Db
  /** Runs SQL as the superuser. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a row
  sql(text: string, values?: unknown[]): Promise<any[]>
  /** Seals what is not sealed, as who has another keyring can. */
  sealUnder(keyring: Keyring): Promise<void>
}

/** Where somebody calls from. */
export function caller(): Actor {
  const accountId = randomUUIDv7()
  return { ...nobody({ id: 'r', address: '203.0.113.7', agent: 'phone', country: null }), accountId, roles: ['owner'] }
}

/** A trail of 40 events under five checkpoints, which are published, and three that are not sealed. */
export async function openTestTrail(): Promise<TestTrail> {
  const backstage = await openBackstage()
  const { context, sql } = backstage
  const path = join(await mkdtemp(join(process.env.TEST_FOLDER as string, 'anchor-')), 'checkpoints.ndjson')
  const anchors = anchorsOf([pathToFileURL(path).href])
  for (let batch = 0; batch < 5; batch++) {
    await write(context.db, 8)
    await sealAll(context, sql)
  }
  await publishCheckpoints(context.db, anchors)
  await write(context.db, 3)
  const ids = (await sql('select id from events order by xid, id')).map(({ id }) => id)
  const [{ name }] = await sql('select current_database() as name')
  const { keyring } = context
  await backstage[Symbol.asyncDispose]()
  return { keyring, anchors, ids, copy: () => copyOf(name, keyring), [Symbol.asyncDispose]: async () => {} }
}

/** Events of somebody, a transaction each. */
export async function write(
  db: Db,
  count: number,
  idOf?: (at: number) => string,
  name: 'pet.updated' | 'session.ended' = 'pet.updated',
): Promise<void> {
  const actor = caller()
  for (let at = 0; at < count; at++)
    await transact(db, async (tx) => {
      record(tx, actor, name as 'pet.updated', { petId: randomUUID(), payload: { fields: ['name', 'color'] } })
      const [event] = tx.events
      if (idOf && event) tx.events.splice(0, 1, { ...event, id: idOf(at) })
    })
}

/** Seals all there is at one go, once no transaction of another test holds the horizon. */
export async function sealAll(
  { db, keyring }: Pick<Context, 'db' | 'keyring'>,
  sql: CopiedTrail['sql'],
): Promise<void> {
  while ((await sql('select from events where xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1')).length > 0)
    await setTimeout(20)
  const sealing = { db, keyring, seen: 0 }
  do await sealEvents(sealing)
  while ((await sql(unsealed)).length > 0)
}

const unsealed = `select from events where (xid, id) > (select coalesce(max(last_xid), '0'::xid8), coalesce((array_agg(last_id order by number desc))[1],
  '00000000-0000-0000-0000-000000000000') from checkpoints) limit 1`

async function copyOf(template: string, keyring: Keyring): Promise<CopiedTrail> {
  const name = `trail_${randomUUID().replaceAll('-', '')}`
  const server = new URL(process.env.TEST_POSTGRES as string)
  const maker = new pg.Client({ connectionString: server.href })
  await maker.connect()
  await maker.query(`create database ${name} template ${template}`)
  await maker.end()
  server.pathname = `/${name}`
  const admin = new pg.Client({ connectionString: server.href })
  await admin.connect()
  const open = (by: Keyring) =>
    openDatabase(server.href, 4, () => {}, openEventMarks(by.derive('event-mark', '').bytes))
  const db = open(keyring)
  const sql = async (text: string, values: unknown[] = []) => (await admin.query(text, values)).rows
  return {
    db,
    sql,
    async sealUnder(by) {
      await using theirs = open(by)
      await sealAll({ db: theirs, keyring: by }, sql)
    },
    async [Symbol.asyncDispose]() {
      await db[Symbol.asyncDispose]()
      await admin.end()
    },
  }
}

/** Verifies as the command does: what it says, or what does not hold. */
export async function verdict(
  { keyring, anchors }: Pick<TestTrail, 'keyring' | 'anchors'>,
  db: Db,
  options: Partial<VerifyOptions> = {},
): Promise<Verified | BrokenTrail> {
  const own = { publicKey: keyring.trailKey.publicKey, markOf: markOf(keyring) }
  return verifyTrail(await trailInDatabase(db, anchors, 1), { ...own, ...options }).catch((error) => {
    if (error instanceof BrokenTrail) return error
    throw error
  })
}
