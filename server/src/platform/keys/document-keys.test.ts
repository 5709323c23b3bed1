import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import sql from 'sql-template-tag'
import { cloneDatabase } from '../../../test/setup.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { type Db, openDatabase, transact } from '../database/database.ts'
import type { Statement } from '../database/statement.ts'
import { type DataKeys, openDataKeys } from './data-keys.ts'
import { IntegrityError } from './envelope.ts'
import { openKeyring } from './keyring.ts'

const stack = new AsyncDisposableStack()
let db: Db
let keys: DataKeys
let elsewhere: DataKeys
before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'petra-document-keys-'))
  stack.defer(() => rm(folder, { recursive: true }))
  db = stack.use(openDatabase((await cloneDatabase()).databaseUrl, 4, () => {}, testMarks()))
  const keyring = await openKeyring(folder)
  keys = stack.use(openDataKeys(keyring))
  elsewhere = stack.use(openDataKeys(keyring))
})
after(() => stack.disposeAsync())

let rex: string
let xray: string
let blob: string
beforeEach(() => {
  rex = randomUUIDv7()
  xray = randomUUIDv7()
  blob = `documents/${xray}`
})
const create = (petId = rex, documentId = xray) =>
  transact(db, (tx) => keys.createDocumentKey(tx, petId, documentId, `documents/${documentId}`))
const find = (source: DataKeys, petId = rex) => source.documentKeyFor(db, petId, xray)
const queued = async () =>
  (await db.rows<{ blob: string }>(sql`select blob from blobs_to_delete`)).map((row) => row.blob)

test("makes a key of its own for a document, under the pet's, that every process finds", async () => {
  const made = await create()
  const found = await find(elsewhere)
  assert.deepEqual([found.id, found.subjectId, found.bytes], [made.id, rex, made.bytes])
  const pets = await keys.dataKeyFor(db, 'pet-clinical', rex)
  assert.notDeepEqual(found.bytes, pets.bytes)
  const row = await db.row<{ wrapped: Buffer; pet_key_id: string }>(
    sql`select wrapped, pet_key_id from vault.document_keys where document_id = ${xray}`,
  )
  assert.equal(row?.pet_key_id, pets.id)
  assert.equal(row?.wrapped.includes(made.bytes), false)
})

test('remembers an open key, and asks again once it was forgotten', async () => {
  await create()
  const first = await find(keys)
  assert.equal(await keys.documentKeyFor(db, rex.toUpperCase(), xray.toUpperCase()), first)
  keys.forget(rex)
  assert.throws(() => first.bytes, /closed/)
  assert.notEqual(await find(keys), first)
})

test('does not open for another pet, nor as the key of another document', async () => {
  const bella = randomUUIDv7()
  const scan = randomUUIDv7()
  await create()
  await create(rex, scan)
  await create(bella, randomUUIDv7())
  await assert.rejects(find(elsewhere, bella), IntegrityError)
  const stolen = sql`wrapped = (select wrapped from vault.document_keys where document_id = ${scan})`
  await tamper(sql`update vault.document_keys set ${stolen} where document_id = ${xray}`)
  await assert.rejects(find(elsewhere), IntegrityError)
})

test('a document without a key does not open, nor one whose transaction failed', async () => {
  await assert.rejects(find(keys), IntegrityError)
  const failed = transact(db, async (tx) => {
    await keys.createDocumentKey(tx, rex, xray, blob)
    await keys.documentKeyFor(tx, rex, xray)
    throw new Error('no room')
  })
  await assert.rejects(failed, /no room/)
  await assert.rejects(find(keys), IntegrityError)
})

test("destroying a document's key queues its blob, and leaves the others", async () => {
  const scan = randomUUIDv7()
  await create()
  await create(rex, scan)
  await transact(db, (tx) => keys.destroyDocumentKey(tx, xray))
  assert.deepEqual((await queued()).includes(blob), true)
  await assert.rejects(find(elsewhere), IntegrityError)
  await elsewhere.documentKeyFor(db, rex, scan)
})

test("destroying the pet's key takes the documents' along, and queues their blobs with it or not at all", async () => {
  await create()
  await find(keys)
  const undone = transact(db, async (tx) => {
    await keys.destroyDataKey(tx, 'pet-clinical', rex)
    throw new Error('undone')
  })
  await assert.rejects(undone, /undone/)
  assert.equal((await queued()).includes(blob), false)
  await transact(db, (tx) => keys.destroyDataKey(tx, 'pet-clinical', rex))
  keys.forget(rex)
  assert.equal((await queued()).includes(blob), true)
  for (const each of [keys, elsewhere]) await assert.rejects(find(each), IntegrityError)
  await assert.rejects(create(), { code: 'resource.conflict' })
})

/** As the superuser. */
function tamper(statement: Statement) {
  return transact(db, async (tx) => {
    await tx.rows({ text: 'set local role none', values: [] })
    await tx.rows(statement)
  })
}
