import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import sql from 'sql-template-tag'
import { openKmsServer } from '../../../test/kms-server.ts'
import { cloneDatabase } from '../../../test/setup.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { openVaultServer } from '../../../test/vault-server.ts'
import { type Db, openDatabase, transact } from '../database/database.ts'
import { type DataKeys, openDataKeys } from './data-keys.ts'
import { openKeyring } from './keyring.ts'
import { keyringConfig } from './keyring-config.ts'
import { keyringGuard } from './keyring-guard.ts'
import { retireKeyEncryptionKeys, rotateKeyEncryptionKey } from './rotate-key-encryption-key.ts'

/** A larger run: KEYS_TO_ROTATE=1000000. */
const COUNT = Number(process.env.KEYS_TO_ROTATE ?? 4_000)

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

/** Makes the newest key seem two minutes older. */
async function settle(): Promise<void> {
  const text = await readFile(file(), 'utf8')
  const { createdAt } = JSON.parse(text).keyEncryptionKeys[0]
  await writeFile(file(), text.replaceAll(createdAt, new Date(Date.parse(createdAt) - 120_000).toISOString()))
}

test('a rotation that is killed at 40 % goes on where it was, and no read fails meanwhile', async () => {
  const [old = ''] = await kekIds()
  const opened = new Map(
    await Promise.all(
      pets
        .slice(0, 50)
        .map(async (pet) => [pet, Buffer.from((await keys.dataKeyFor(db, 'pet-clinical', pet)).bytes)] as const),
    ),
  )
  // Another process, that was running before and has each key read anew.
  using elsewhere = openDataKeys(await openKeyring(folder))
  let reads = 0
  let isOver = false
  const reading = (async () => {
    while (!isOver) {
      for (const [pet, bytes] of opened) {
        elsewhere.forgetAll()
        assert.deepEqual((await elsewhere.dataKeyFor(db, 'pet-clinical', pet)).bytes, bytes)
        reads++
      }
      // Others have their turn too: it is no reader's speed that is tried here.
      await wait(5)
    }
  })()

  const startedAt = performance.now()
  const rotating = spawn(process.execPath, [fileURLToPath(new URL('../../keys.ts', import.meta.url)), 'rotate'], {
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, '..'), DATABASE_URL: databaseUrl },
    stdio: 'ignore',
  })
  while (rotating.exitCode === null && (await hangingOn(old)) > COUNT * 0.6) await wait(5)
  rotating.kill('SIGKILL')
  if (rotating.exitCode === null && rotating.signalCode === null) await once(rotating, 'exit')
  const left = await hangingOn(old)
  assert.ok(left > 0 && left <= COUNT * 0.6, `${left} of ${COUNT} left`)
  const [begun = '', ...others] = await kekIds()
  assert.deepEqual(others, [old])

  const told: number[] = []
  const { kekId, rewrapped } = await rotateKeyEncryptionKey({ db, folder, guard: undefined }, (done) => told.push(done))
  if (process.env.KEYS_TO_ROTATE) console.log(`${COUNT} in ${Math.round(performance.now() - startedAt)} ms`)
  isOver = true
  await reading
  assert.deepEqual([kekId, rewrapped, told.at(-1)], [begun, left, COUNT])
  assert.deepEqual([await hangingOn(old), await hangingOn(begun)], [0, COUNT])
  assert.ok(reads > 50)
})

test('an old key is retired once nothing hangs on it, and every process knows the new one', async () => {
  const [current = '', old = ''] = await kekIds()
  const rotation = { db, folder, guard: undefined }
  await assert.rejects(retireKeyEncryptionKeys(rotation), { name: 'StartupError', message: /not two minutes old/ })
  await settle()
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

test('what another machine wraps with by itself is named in the keyring by a rotation, and nothing is retired before', async () => {
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
  // One key hangs on the new one already, as after a rotation that was broken off.
  assert.deepEqual(await rotateKeyEncryptionKey(rotation), { kekId: turned, rewrapped: 1 })
  using later = openDataKeys(await openKeyring(rotation.folder, guard))
  assert.equal((await later.dataKeysFor(fresh, 'pet-clinical', [rex, bella])).size, 2)

  await fresh.rows(sql`update vault.data_keys set wrapped = null, destroyed_at = now()`)
  const again = kms.turnAlias()
  const early = { name: 'StartupError', message: new RegExp(`^The keyring does not name ${again} yet`) }
  await assert.rejects(retireKeyEncryptionKeys(rotation), early)
  assert.ok(await openKeyring(rotation.folder, guard))
})
