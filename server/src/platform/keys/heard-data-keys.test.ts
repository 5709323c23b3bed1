import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { openWire } from '../../../test/frozen-wire.ts'
import { cloneDatabase } from '../../../test/setup.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { within } from '../../../test/within.ts'
import { type Db, openDatabase, type Queryable, transact } from '../database/database.ts'
import type { DataKeys } from './data-keys.ts'
import { IntegrityError } from './envelope.ts'
import { openHeardDataKeys } from './heard-data-keys.ts'
import { openKeyring } from './keyring.ts'

const SECOND = 1_000

const stack = new AsyncDisposableStack()
let db: Db
let counted: Queryable & { statements: number }
let wire: Awaited<ReturnType<typeof openWire>>
let here: DataKeys
let elsewhere: DataKeys
before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'petra-heard-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const { databaseUrl } = await cloneDatabase()
  db = stack.use(openDatabase(databaseUrl, 4, () => {}, testMarks()))
  const rows: Queryable['rows'] = (statement) => {
    counted.statements++
    return db.rows(statement)
  }
  counted = { statements: 0, rows, row: async (statement) => (await rows(statement))[0] as never }
  wire = await openWire(databaseUrl)
  stack.defer(() => wire.close())
  const keyring = await openKeyring(folder)
  here = stack.use(await openHeardDataKeys(keyring, databaseUrl))
  elsewhere = stack.use(await openHeardDataKeys(keyring, wire.url))
})
after(() => stack.disposeAsync())

let rex: string
beforeEach(async () => {
  rex = randomUUIDv7()
  await transact(db, (tx) => here.createDocumentKey(tx, rex, rex, `documents/${rex}`))
  await remembered()
})

const read = () => elsewhere.dataKeyFor(counted, 'pet-clinical', rex)
const destroy = () => transact(db, (tx) => here.destroyDataKey(tx, 'pet-clinical', rex))

/** Until the other process answers from its cache. */
async function remembered(): Promise<void> {
  const deadline = performance.now() + 30 * SECOND
  do {
    assert.ok(performance.now() < deadline, 'remembers nothing')
    await read()
    counted.statements = 0
    await read()
  } while (counted.statements > 0)
}

function refusedWithin(ms: number): Promise<void> {
  return within(ms, () =>
    read().then(
      () => false,
      (error) => error instanceof IntegrityError,
    ),
  )
}

test('a key destroyed by another process is closed within a second, and so are those of its documents', async () => {
  const key = await read()
  const document = await elsewhere.documentKeyFor(db, rex, rex)
  await destroy()
  await refusedWithin(SECOND)
  assert.throws(() => key.bytes, /closed/)
  assert.throws(() => document.bytes, /closed/)
})

test('a destruction by hand is heard of as well', async () => {
  await db.rows(sql`update vault.data_keys set wrapped = null, destroyed_at = now() where subject_id = ${rex}`)
  await refusedWithin(SECOND)
})

test('a connection that is dead without a sign hides no destruction for longer than a second', async () => {
  wire.freeze()
  await destroy()
  await refusedWithin(SECOND)
  wire.thaw()
})

test('a connection that drops takes everything remembered with it', async () => {
  const before = await read()
  const cut = await transact(db, async (tx) => {
    await tx.rows({ text: 'set local role none', values: [] })
    return tx.rows(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'petra key_destroyed' and client_port = ${wire.port()}`)
  })
  assert.equal(cut.length, 1)
  // By then there is a new connection, which has heard nothing of the time between.
  await wait(1.5 * SECOND)
  assert.notEqual(await read(), before)
  await destroy()
  await refusedWithin(SECOND)
})
