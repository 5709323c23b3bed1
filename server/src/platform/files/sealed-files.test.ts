import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { copyFile, mkdtemp, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { storedFiles } from '../../../test/stored-files.ts'
import { type Db, transact } from '../database/database.ts'
import { IntegrityError } from '../keys/envelope.ts'
import { openDiskStore } from './disk-store.ts'
import { holdFile } from './held-file.ts'
import { openSealedFiles } from './sealed-files.ts'
import { openSpool } from './spool.ts'

const rex = randomUUIDv7()
let house: House
before(async () => {
  house = await openHouse({ LOG_LEVEL: 'silent' })
})
after(() => house[Symbol.asyncDispose]())

const keys = async () =>
  (await house.sql('select document_id from vault.document_keys order by 1')).map((row) => row.document_id)

test('a sweep leaves what was kept, however old, and goes through all that is queued', async () => {
  const { db, files } = house.context
  const kept = await files.receive(rex, [Buffer.from('kept')])
  await transact(db, (tx) => files.keep(tx, kept, 'application/pdf'))
  const vain = await files.receive(rex, [Buffer.from('in vain')])
  await house.sql(`insert into blobs_to_delete (blob) select 'gone-' || n from generate_series(1, 250) n`)
  await house.setClockAhead('25 hours')
  assert.deepEqual(await storedFiles(house), [kept.id, vain.id])
  await files.sweep()
  await house.setClockAhead('0')
  assert.deepEqual([await keys(), await storedFiles(house)], [[kept.id], [kept.id]])
  assert.deepEqual(await house.sql('select from blobs_to_delete'), [])
})

test('what is given up while the database is away says why it was, and is swept later', async () => {
  const { db, dataKeys } = house.context
  const folder = await mkdtemp(join(process.env.TEST_FOLDER as string, 'given-up-'))
  using spool = openSpool(join(folder, 'spool'))
  let isAway = false
  const failing: Db = { ...db, rows: (statement) => (isAway ? Promise.reject(new Error('away')) : db.rows(statement)) }
  const files = openSealedFiles(failing, dataKeys, openDiskStore(folder, spool), spool)
  const before = await keys()
  async function* brokenOff() {
    yield Buffer.alloc(100_000)
    isAway = true
    throw new Error('broken off')
  }
  await assert.rejects(files.receive(rex, brokenOff()), { message: 'broken off' })
  isAway = false
  assert.equal((await keys()).length, before.length + 1)
  await house.setClockAhead('61 minutes')
  await files.sweep()
  await house.setClockAhead('0')
  assert.deepEqual(await keys(), before)
})

test('what was held does not open once it was let go, whoever kept a copy', async () => {
  const folder = await mkdtemp(join(process.env.TEST_FOLDER as string, 'held-'))
  using spool = openSpool(folder)
  const held = await holdFile(spool, ReadableStream.from([Buffer.from('a photo')]))
  assert.equal((await held.read()).toString(), 'a photo')
  const [name = ''] = await readdir(folder)
  await copyFile(join(folder, name), join(folder, 'copy'))
  await held[Symbol.asyncDispose]()
  assert.deepEqual(await readdir(folder), ['copy'])
  await rename(join(folder, 'copy'), join(folder, name))
  await assert.rejects(held.read(), IntegrityError)
})
