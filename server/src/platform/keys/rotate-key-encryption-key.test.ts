import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomInt, randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import sql from 'sql-template-tag'
import { childEnv } from '../../../test/child-env.ts'
import { openKmsServer } from '../../../test/kms-server.ts'
import { cloneDatabase } from '../../../test/setup.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { openVaultServer } from '../../../test/vault-server.ts'
import { type Db, openDatabase, transact } from '../database/database.ts'
import { type DataKeys, openDataKeys } from './data-keys.ts'
import { open, seal } from './envelope.ts'
import { openKeyring } from './keyring.ts'
import { keyringConfig } from './keyring-config.ts'
import { keyringGuard } from './keyring-guard.ts'
import { retireKeyEncryptionKeys, rotateKeyEncryptionKey } from './rotate-key-encryption-key.ts'

/** A larger run: KEYS_TO_ROTATE=1000000. */
const COUNT = Number(process.env.KEYS_TO_ROTATE ?? 4_000)
/** Pets of whom something is read meanwhile, again and again. */
const READ = 500

const stack = new AsyncDisposableStack()
let folder: string
let databaseUrl: string
let db: Db
let keys: DataKeys
let pets: string[]
before(async () => {
  const data = await mkdtemp(join(tmpdir(), 'petra-rotate-'))
  stack.defer(() => rm(data, { recursive: true }))
  folder = join(data, 'keys')
  ;({ databaseUrl } = await cloneDatabase())
  db = stack.use(openDatabase(databaseUrl, 4, () => {}, testMarks()))
  keys = stack.use(openDataKeys(await openKeyring(folder)))
  pets = Array.from({ length: COUNT }, () => randomUUIDv7())
  for (let at = 0; at < COUNT; at += 1_000)
    await transact(db, (tx) => keys.createDataKeys(tx, 'pet-clinical', pets.slice(at, at + 1_000)))
})
after(() => stack.disposeAsync())

const file = () => join(folder, 'keyring.json')
const contents = async () => JSON.parse(await readFile(file(), 'utf8'))
const kekIds = async () => (await contents()).keyEncryptionKeys.map(({ id }: { id: string }) => id)
const hangingOn = async (kekId: string) =>
  (await db.row<{ keys: number }>(sql`select count(*)::int as keys from vault.data_keys where kek_id = ${kekId}`))
    ?.keys ?? 0

const placeOf = (pet: string) => ({ table: 'notes', column: 'content', rowId: pet, version: 1, subjectId: pet })

/** Makes the newest key seem that old. */
async function age(ms: number): Promise<void> {
  const text = await readFile(file(), 'utf8')
  const { createdAt } = JSON.parse(text).keyEncryptionKeys[0]
  await writeFile(file(), text.replaceAll(createdAt, new Date(Date.now() - ms).toISOString()))
}

test('a rotation that is killed at 40 % goes on where it was, and no read fails meanwhile', async () => {
  const [old = ''] = await kekIds()
  const sealed = await Promise.all(
    Array.from({ length: READ }, async (_, index) => {
      const pet = pets[Math.floor((index * COUNT) / READ)] as string
      return { pet, cell: seal(await keys.dataKeyFor(db, 'pet-clinical', pet), pet, placeOf(pet)) }
    }),
  )
  // Another process, that was running before and has each key read anew; what it reads is spread over all there is to wrap anew.
  using elsewhere = openDataKeys(await openKeyring(folder))
  const reads = { all: 0, slowestMs: 0 }
  let isOver = false
  const reading = (async () => {
    while (!isOver) {
      const { pet, cell } = sealed[randomInt(READ)] as (typeof sealed)[number]
      const startedAt = performance.now()
      elsewhere.forgetAll()
      const text = open(await elsewhere.dataKeyFor(db, 'pet-clinical', pet), cell, placeOf(pet))
      assert.equal(text.toString(), pet)
      reads.slowestMs = Math.max(reads.slowestMs, performance.now() - startedAt)
      reads.all++
      // Others have their turn too: it is no reader's speed that is tried here.
      await wait(1)
    }
  })()

  const startedAt = performance.now()
  const rotating = spawn(process.execPath, [fileURLToPath(new URL('../../keys.ts', import.meta.url)), 'rotate'], {
    env: { ...childEnv(), DATA_DIR: join(folder, '..'), DATABASE_URL: databaseUrl },
    stdio: 'ignore',
  })
  // It takes a while to count a million.
  while (rotating.exitCode === null && (await hangingOn(old)) > COUNT * 0.6) await wait(5 + COUNT / 2_000)
  rotating.kill('SIGKILL')
  if (rotating.exitCode === null && rotating.signalCode === null) await once(rotating, 'exit')
  const left = await hangingOn(old)
  assert.ok(left > 0 && left <= COUNT * 0.6, `${left} of ${COUNT} left`)
  const [begun = '', ...others] = await kekIds()
  assert.deepEqual(others, [old])
  const readBefore = reads.all

  const told: number[] = []
  const { kekId, rewrapped } = await rotateKeyEncryptionKey({ db, folder, guard: undefined }, (done) => told.push(done))
  const tookMs = performance.now() - startedAt
  const readAfter = reads.all - readBefore
  isOver = true
  await reading
  if (process.env.KEYS_TO_ROTATE)
    console.log(`${COUNT} in ${Math.round(tookMs)} ms, ${left} of them after the kill; reads:`, reads)
  assert.deepEqual([kekId, rewrapped, told.at(-1)], [begun, left, COUNT])
  assert.deepEqual([await hangingOn(old), await hangingOn(begun)], [0, COUNT])
  assert.ok(readBefore > 20 && readAfter > 20, `${readBefore} and ${readAfter} reads`)
})

test('an old key is retired once nothing hangs on it, and every process knows the new one', async () => {
  const [current = '', old = ''] = await kekIds()
  const rotation = { db, folder, guard: undefined }
  await age(60_000)
  await assert.rejects(retireKeyEncryptionKeys(rotation), { name: 'StartupError', message: /not two minutes old/ })
  await age(120_000)
  const pet = pets[0] as string
  const before = (await keys.dataKeyFor(db, 'pet-clinical', pet)).bytes
  await db.rows(sql`update vault.data_keys set kek_id = ${old} where subject_id = ${pet}`)
  await assert.rejects(retireKeyEncryptionKeys(rotation), { name: 'StartupError', message: /^1 data keys hang on/ })
  await db.rows(sql`update vault.data_keys set kek_id = ${current} where subject_id = ${pet}`)
  assert.deepEqual(await retireKeyEncryptionKeys(rotation), [old])
  assert.deepEqual(await kekIds(), [current])
  assert.deepEqual(await retireKeyEncryptionKeys(rotation), [])
  using later = openDataKeys(await openKeyring(folder))
  assert.deepEqual((await later.dataKeyFor(db, 'pet-clinical', pet)).bytes, before)
})

test('a key that is destroyed while it is wrapped anew stays destroyed', async () => {
  const [victim = ''] = pets
  const interfering: Db = {
    ...db,
    rows: async (statement) => {
      const rows = await db.rows(statement)
      if (statement.name === 'select_to_rewrap' && rows.length > 0)
        await db.rows(sql`update vault.data_keys set wrapped = null, destroyed_at = now() where subject_id = ${victim}`)
      return rows as never
    },
  }
  const { rewrapped } = await rotateKeyEncryptionKey({ db: interfering, folder, guard: undefined })
  assert.equal(rewrapped, COUNT - 1)
  const row = await db.row<{ wrapped: unknown }>(sql`select wrapped from vault.data_keys where subject_id = ${victim}`)
  assert.equal(row?.wrapped, null)
})

test('a new version is asked of Vault, whose calls carry many keys each', async () => {
  await using vault = await openVaultServer()
  const guard = await keyringGuard(
    keyringConfig({ KEYRING_URL: `vault-transit://${vault.host}/transit/petra?tls=off`, VAULT_TOKEN: vault.token }),
  )
  const elsewhere = join(folder, '..', 'vault', 'keys')
  const fresh = openDatabase((await cloneDatabase()).databaseUrl, 2, () => {}, testMarks())
  await using _ = fresh
  using held = openDataKeys(await openKeyring(elsewhere, guard))
  const made = await transact(fresh, (tx) => held.createDataKeys(tx, 'pet-clinical', pets.slice(0, 1_200)))
  vault.asked.length = 0
  const { kekId, rewrapped } = await rotateKeyEncryptionKey({ db: fresh, folder: elsewhere, guard })
  assert.deepEqual([kekId, rewrapped, vault.versions()], ['vault:v2', 1_200, 2])
  assert.ok(vault.asked.length < 20, `${vault.asked.length} calls`)
  using later = openDataKeys(await openKeyring(elsewhere, guard))
  const [pet, key] = [...made][0] as [string, { bytes: Buffer }]
  assert.deepEqual((await later.dataKeyFor(fresh, 'pet-clinical', pet)).bytes, key.bytes)
})

test('a version that Vault made by itself is taken up, and nothing is retired before', async () => {
  await using vault = await openVaultServer()
  const url = `vault-transit://${vault.host}/transit/petra?tls=off`
  const guard = await keyringGuard(keyringConfig({ KEYRING_URL: url, VAULT_TOKEN: vault.token }))
  const addVersion = () => (guard as { addVersion(): Promise<void> }).addVersion()
  await using fresh = openDatabase((await cloneDatabase()).databaseUrl, 2, () => {}, testMarks())
  const rotation = { db: fresh, folder: join(folder, '..', 'versions', 'keys'), guard }
  using held = openDataKeys(await openKeyring(rotation.folder, guard))
  await addVersion()
  const early = { name: 'StartupError', message: /^The keyring does not name vault:v2 yet/ }
  await assert.rejects(retireKeyEncryptionKeys(rotation), early)
  await transact(fresh, (tx) => held.createDataKey(tx, 'pet-clinical', randomUUIDv7()))
  await addVersion()
  assert.deepEqual(await rotateKeyEncryptionKey(rotation), { kekId: 'vault:v3', rewrapped: 1 })
  await assert.rejects(retireKeyEncryptionKeys(rotation), { message: /not two minutes old/ })
})

test('an alias of KMS that was turned is followed by a rotation, as it stands then, and by nothing before', async () => {
  await using kms = await openKmsServer()
  process.env.AWS_ACCESS_KEY_ID = kms.credentials.accessKeyId
  process.env.AWS_SECRET_ACCESS_KEY = kms.credentials.secretAccessKey
  const url = `aws-kms://eu-west-1/alias/petra?endpoint=${kms.endpoint}`
  const guard = await keyringGuard(keyringConfig({ KEYRING_URL: url }))
  await using fresh = openDatabase((await cloneDatabase()).databaseUrl, 2, () => {}, testMarks())
  const rotation = { db: fresh, folder: join(folder, '..', 'kms', 'keys'), guard }
  using held = openDataKeys(await openKeyring(rotation.folder, guard))
  const [rex, bella] = [randomUUIDv7(), randomUUIDv7()]
  await transact(fresh, (tx) => held.createDataKey(tx, 'pet-clinical', rex))
  const turned = kms.turnAlias()
  await transact(fresh, (tx) => held.createDataKey(tx, 'pet-clinical', bella))
  assert.deepEqual(await rotateKeyEncryptionKey(rotation), { kekId: turned, rewrapped: 2 })

  kms.turnAlias()
  const brokenOff: Db = {
    ...fresh,
    rows: (statement) =>
      statement.name === 'select_to_rewrap' ? Promise.reject(new Error('broken off')) : fresh.rows(statement),
  }
  await assert.rejects(rotateKeyEncryptionKey({ ...rotation, db: brokenOff }), /broken off/)
  const last = kms.turnAlias()
  assert.deepEqual(await rotateKeyEncryptionKey(rotation), { kekId: last, rewrapped: 2 })
  await assert.rejects(rotateKeyEncryptionKey({ ...rotation, db: brokenOff }), /broken off/)
  // Another way than the one that was begun.
  const { kekId, rewrapped } = await rotateKeyEncryptionKey({ ...rotation, here: true })
  const later = await openKeyring(rotation.folder, guard)
  assert.deepEqual([later.holds(kekId), rewrapped], [true, 2])
  using opened = openDataKeys(later)
  assert.equal((await opened.dataKeysFor(fresh, 'pet-clinical', [rex, bella])).size, 2)
})
