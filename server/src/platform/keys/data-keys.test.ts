import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { cloneDatabase } from '../../../test/setup.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { type Db, openDatabase, type Queryable, transact } from '../database/database.ts'
import { type DataKeys, openDataKeys } from './data-keys.ts'
import { IntegrityError } from './envelope.ts'
import { keyCacheLimits } from './key-cache.ts'
import { type Keyring, openKeyring } from './keyring.ts'

const folder = await mkdtemp(join(tmpdir(), 'petra-data-keys-'))
let db: Db
let keyring: Keyring
before(async () => {
  // A lost connection fails the statement under way, which is where a test sees it.
  db = openDatabase((await cloneDatabase()).databaseUrl, 4, () => {}, testMarks())
  keyring = await openKeyring(folder)
})
after(async () => {
  await db?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

let time: number
let keys: DataKeys
beforeEach(() => {
  time = 0
  keys = openDataKeys(keyring, undefined, () => time)
})
afterEach(() => keys[Symbol.dispose]())

test('makes a key that every process then finds', async () => {
  const rex = randomUUIDv7()
  const made = await transact(db, (tx) => keys.createDataKey(tx, 'pet-clinical', rex))
  using elsewhere = openDataKeys(keyring)
  const found = await elsewhere.dataKeyFor(db, 'pet-clinical', rex)
  assert.deepEqual([found.id, found.subjectId, found.bytes], [made.id, rex, made.bytes])
  const [row] = await rowsOf(rex)
  assert.equal(row?.wrapped.includes(made.bytes), false)
})

test('finds the key there is rather than make a second', async () => {
  const rex = randomUUIDv7()
  const first = await create(rex)
  for (const cached of [false, true]) {
    if (!cached) keys.forgetAll()
    const again = await create(rex)
    assert.equal(again.id, first.id)
  }
  assert.equal((await rowsOf(rex)).length, 1)
})

test('two transactions that make a key at once end with one', async () => {
  const rex = randomUUIDv7()
  using elsewhere = openDataKeys(keyring)
  const made = await Promise.all(
    [keys, elsewhere].map((each) => transact(db, (tx) => each.createDataKey(tx, 'pet-clinical', rex))),
  )
  assert.deepEqual(made[0]?.bytes, made[1]?.bytes)
  assert.equal((await rowsOf(rex)).length, 1)
})

test('makes keys for many in one go, next to those there are, however they are spelled', async () => {
  const [rex, bella, tom] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const before = await create(bella)
  const made = await transact(db, (tx) =>
    keys.createDataKeys(tx, 'pet-clinical', [tom, rex.toUpperCase(), bella, rex, tom]),
  )
  assert.deepEqual([...made.keys()].sort(), [rex, bella, tom].sort())
  assert.equal(made.get(bella)?.id, before.id)
  const found = await keys.dataKeysFor(db, 'pet-clinical', [rex, tom, randomUUIDv7()])
  assert.deepEqual(
    [found.size, found.get(rex)?.bytes, found.get(tom)?.bytes],
    [2, made.get(rex)?.bytes, made.get(tom)?.bytes],
  )
})

test('transactions that make the same keys in opposite orders wait in line, not for each other', async () => {
  const [first, middle, last] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  let attempts = 0
  const make = (...subjects: string[]) =>
    transact(db, (tx) => {
      attempts++
      return keys.createDataKeys(tx, 'pet-clinical', subjects)
    })
  const { racing } = await transact(db, async (tx) => {
    await keys.createDataKey(tx, 'pet-clinical', middle)
    const racing = [make(first, middle, last), make(last, middle, first)]
    while ((await waiting()) < 2) await delay(5)
    // Not awaited in here: they wait for this transaction's commit.
    return { racing }
  })
  await Promise.all(racing)
  assert.equal(attempts, 2)
})

test('a subject has another key for each purpose', async () => {
  const maya = randomUUIDv7()
  const clinical = await create(maya)
  await assert.rejects(keys.dataKeyFor(db, 'owner-personal', maya), IntegrityError)
  const personal = await transact(db, (tx) => keys.createDataKey(tx, 'owner-personal', maya))
  assert.notDeepEqual(personal.bytes, clinical.bytes)
})

test('asks the database once, and again when the key has expired or was forgotten', async () => {
  const rex = randomUUIDv7()
  await create(rex)
  const counted = counting(db)
  const find = () => keys.dataKeyFor(counted, 'pet-clinical', rex)
  const first = await find()
  assert.equal(await find(), first)
  assert.equal(await keys.dataKeyFor(counted, 'pet-clinical', rex.toUpperCase()), first)
  assert.equal((await keys.dataKeysFor(counted, 'pet-clinical', [rex])).get(rex), first)
  assert.equal(counted.statements, 1)
  time = keyCacheLimits.handedOutMs
  const second = await find()
  keys.forget(rex.toUpperCase())
  assert.throws(() => second.bytes, /closed/)
  await find()
  keys.forgetAll()
  await find()
  assert.equal(counted.statements, 4)
})

test('zeroes by itself what is due, and everything at the end', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  using swept = openDataKeys(keyring, undefined, () => time)
  const rex = randomUUIDv7()
  await create(rex)
  const due = await swept.dataKeyFor(db, 'pet-clinical', rex)
  time = keyCacheLimits.handedOutMs + keyCacheLimits.graceMs
  t.mock.timers.tick(keyCacheLimits.sweepMs)
  assert.throws(() => due.bytes, /closed/)
  const open = await swept.dataKeyFor(db, 'pet-clinical', rex)
  swept[Symbol.dispose]()
  assert.throws(() => open.bytes, /closed/)
})

test('a key whose transaction fails is not used again', async () => {
  const rex = randomUUIDv7()
  const failed = transact(db, async (tx) => {
    await keys.createDataKey(tx, 'pet-clinical', rex)
    await keys.dataKeyFor(tx, 'pet-clinical', rex)
    await keys.createDataKeys(tx, 'pet-clinical', [rex])
    throw new Error('no room')
  })
  await assert.rejects(failed, /no room/)
  await assert.rejects(keys.dataKeyFor(db, 'pet-clinical', rex), IntegrityError)
  await create(rex)
  const found = await keys.dataKeyFor(db, 'pet-clinical', rex)
  assert.equal(found.id, (await rowsOf(rex))[0]?.id)
})

test('a destroyed key is found no more, and no new one takes its place', async () => {
  const rex = randomUUIDv7()
  await create(rex)
  await transact(db, (tx) => keys.destroyDataKey(tx, 'owner-personal', rex))
  await keys.dataKeyFor(db, 'pet-clinical', rex)
  await transact(db, (tx) => keys.destroyDataKey(tx, 'pet-clinical', rex))
  keys.forget(rex)
  await assert.rejects(keys.dataKeyFor(db, 'pet-clinical', rex), IntegrityError)
  await assert.rejects(create(rex), { code: 'resource.conflict' })
})

test("does not open another subject's wrapped key, nor an altered one", async () => {
  const [rex, bella] = [randomUUIDv7(), randomUUIDv7()]
  await create(rex)
  await create(bella)
  await transact(db, async (tx) => {
    await tx.rows(sql`
      update vault.data_keys set wrapped = (select wrapped from vault.data_keys where subject_id = ${bella}) where subject_id = ${rex}`)
    await tx.rows(
      sql`update vault.data_keys set wrapped = set_bit(wrapped, 200, 1 - get_bit(wrapped, 200)) where subject_id = ${bella}`,
    )
  })
  await assert.rejects(keys.dataKeyFor(db, 'pet-clinical', rex), IntegrityError)
  await assert.rejects(keys.dataKeyFor(db, 'pet-clinical', bella), IntegrityError)
})

function create(subjectId: string) {
  return transact(db, (tx) => keys.createDataKey(tx, 'pet-clinical', subjectId))
}

function rowsOf(subjectId: string) {
  return db.rows<{ id: string; wrapped: Buffer }>(
    sql`select id, wrapped from vault.data_keys where subject_id = ${subjectId}`,
  )
}

/** Sessions that wait for another. */
async function waiting(): Promise<number> {
  const found = await db.row<{ sessions: number }>(sql`
    select count(*) as sessions from pg_locks join pg_stat_activity using (pid)
    where not granted and datname = current_database()`)
  return found?.sessions ?? 0
}

function counting(inner: Db): Queryable & { statements: number } {
  const counted = {
    statements: 0,
    rows: <Row>(statement: Parameters<Db['rows']>[0]) => {
      counted.statements++
      return inner.rows<Row>(statement)
    },
    row: inner.row,
  }
  return counted
}
