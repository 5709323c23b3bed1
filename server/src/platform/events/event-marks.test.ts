import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cloneDatabase } from '../../../test/clone-database.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { type Actor, nobody } from '../actor.ts'
import { type Db, openDatabase, transact } from '../database/database.ts'
import { knownEvent } from './canonical-event.ts'
import { openTrail, record } from './event-log.ts'
import { commitmentTo } from './event-marks.ts'
import { openMac } from './mac.ts'

const mac = openMac(Buffer.alloc(32))
const phone = { address: '203.0.113.7', agent: 'Zoë’s phone', country: 'NL' }
const actor: Actor = nobody({ id: 'r1', ...phone })
let db: Db
let admin: pg.Client

before(async () => {
  const { databaseUrl, superuserUrl } = await cloneDatabase()
  db = openDatabase(databaseUrl, 4, () => {}, testMarks())
  admin = new pg.Client({ connectionString: superuserUrl })
  await admin.connect()
})
after(async () => {
  await db[Symbol.asyncDispose]()
  await admin.end()
})

test('a mark is of what the database says of the event, and of nothing else', async () => {
  const petId = crypto.randomUUID().toUpperCase()
  const payload = { z: 1.5, fields: ['ünicode', '"'], a: { y: null, b: 1e21 } }
  const resource = { type: 'pet', id: petId }
  await openTrail(db).append(actor, 'pet.updated', { resource, petId, payload: payload as never })
  const [event] = await events()
  assert.deepEqual([event.petId, event.resourceId], [petId.toLowerCase(), petId.toLowerCase()])
  assert.equal(mac(knownEvent(event)), event.mac)
  for (const change of [
    { actorId: petId },
    { petId: null },
    { results: 1 },
    { counter: 2 },
    { payload: null },
    { name: 'x' },
  ])
    assert.notEqual(mac(knownEvent({ ...event, ...change })), event.mac)
})

test('numbers have no gap, though transactions are taken back', async () => {
  const [{ counter }] = (await events()).slice(-1)
  const taken = async (name: string) => transact(db, async (tx) => record(tx, actor, name as never, {} as never))
  await assert.rejects(
    transact(db, async (tx) => {
      record(tx, actor, 'pet.created', {})
      record(tx, actor, 'pet.created', { outcome: 'odd' as never })
    }),
    { code: 'service.unavailable' },
  )
  await Promise.all([taken('a'), taken('b'), taken('c')])
  const counters = (await events()).map((event) => event.counter)
  assert.deepEqual(counters.sort(byNumber).slice(-3), [counter + 1, counter + 2, counter + 3])
})

test('an event that is refused takes none of those with it that went together', async () => {
  const trail = openTrail(db)
  const named = (name: string, outcome = 'allowed') => trail.append(actor, name as never, { outcome } as never)
  const ends = await Promise.allSettled([named('d'), named('e', 'odd'), named('f')])
  assert.deepEqual(
    ends.map((end) => end.status === 'rejected' && end.reason.code),
    [false, 'service.unavailable', false],
  )
  const names = (await events()).map((event) => event.name)
  assert.deepEqual(names.filter((name) => name >= 'd' && name <= 'f').sort(), ['d', 'f'])
})

test('another name is taken when nobody knows how a transaction ended', async () => {
  const before = (await events()).at(-1)
  await assert.rejects(
    transact(db, async (tx) => {
      record(tx, actor, 'pet.created', {})
      const here = await tx.row<{ pid: number }>({ text: 'select pg_backend_pid() as pid', values: [] })
      await admin.query('select pg_terminate_backend($1)', [here?.pid])
    }),
  )
  await transact(db, async (tx) => record(tx, actor, 'pet.created', {}))
  const after = (await events()).at(-1)
  assert.notEqual(after.writer, before.writer)
  assert.equal(after.counter, 1)
})

test('an origin is kept once, and named by what commits to it', async () => {
  const origins = await db.rows<{ salt: Buffer; commitment: Buffer }>({
    text: 'select * from event_origins',
    values: [],
  })
  assert.equal(origins.length, 1, 'after a failure, too, none is named that is not there')
  const [{ salt, commitment }] = origins as [{ salt: Buffer; commitment: Buffer }]
  assert.deepEqual(commitmentTo(salt, phone), commitment)
  assert.notDeepEqual(commitmentTo(salt, { ...phone, country: null }), commitment)
  assert.ok((await events()).every((event) => event.origin === commitment.toString('hex')))
})

const byNumber = (a: number, b: number) => a - b

// biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a row
function events(): Promise<any[]> {
  return db.rows({
    text: `select id, kind, name, outcome, purpose, actor_id as "actorId", actor_roles as "actorRoles", behalf_of as "behalfOf",
                  session_id as "sessionId", token_id as "tokenId", resource_type as "resourceType", resource_id as "resourceId",
                  pet_id as "petId", record_ids as "recordIds", results, payload, request_id as "requestId",
                  encode(origin, 'hex') as origin, writer, counter, encode(mac, 'hex') as mac
             from events order by xid, id`,
    values: [],
  })
}
