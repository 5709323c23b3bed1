import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { openApp } from '../src/app.ts'
import { destroyClinicalContent } from '../src/features/medical-records/destroy-clinical-content.ts'
import { add } from '../src/features/medical-records/test-records.ts'
import { signAccessToken } from '../src/features/sessions/access-token.ts'
import { insertSession } from '../src/features/sessions/queries/sessions.ts'
import { refreshHash, refreshToken } from '../src/features/sessions/refresh-token.ts'
import { passTransactionIds } from '../src/platform/backup/pass-transaction-ids.ts'
import { restoreBackup } from '../src/platform/backup/restore-backup.ts'
import { writeBackup } from '../src/platform/backup/write-backup.ts'
import { type Context, openContext } from '../src/platform/context.ts'
import { transact } from '../src/platform/database/database.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { catalogOf } from './catalog.ts'
import { childEnv } from './child-env.ts'
import { emptyDatabase } from './empty-database.ts'
import { type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

let house: House
let world: World
let yesterday: { data: string; keys: string }
before(async () => {
  house = await openHouse({ LOG_LEVEL: 'silent' })
  world = await populate(house)
  const note = (as: string, petId: string, description: string) =>
    add(house, as, petId, { type: 'note', occurredOn: '2026-03-30', description })
  await note(world.maya, world.rex, 'Limps.')
  await note(world.sam, world.mimi, 'Sneezes.')
  await house.drain()
})
after(() => house[Symbol.asyncDispose]())

const command = (name: string, words: string[], env: Record<string, string>) =>
  promisify(execFile)(process.execPath, [fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url)), ...words], {
    env: { ...childEnv(), LOG_LEVEL: 'silent', ...env },
  })
const at = (name: string) => join(house.context.config.dataDir, name)

/** What the tables hold, apart from what a restore changes. */
async function rowsOf(url: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' })
  await client.connect()
  const { rows: tables } = await client.query(
    `select c.oid::regclass::text as name from pg_class c
      where relnamespace::regnamespace::text in ('public', 'vault') and relkind in ('r', 'p') and not relispartition
        and relname not in ('migrations', 'test_clock', 'log_cursors', 'sessions') order by 1`,
  )
  const contents: Record<string, string[]> = {}
  for (const { name } of tables) {
    const { rows } = await client.query(`select t::text as row from ${name} t`)
    contents[name] = rows.map(({ row }) => row).sort()
  }
  await client.end()
  return contents
}

async function tokenOf({ db, keyring, config }: Context, accountId: string): Promise<string> {
  const id = randomUUIDv7()
  const hash = refreshHash(refreshToken(keyring, { sessionId: id, generation: 1 }))
  await transact(db, (tx) => insertSession(tx, { id, accountId, refreshHash: hash, device: null, address: null }))
  return signAccessToken(keyring, config.publicUrl, accountId, id)
}

test('a backup is two folders that only their owner reads, and neither has what the other has', async () => {
  yesterday = { data: at('data'), keys: at('keys-apart') }
  const { stdout } = await command('backup', [yesterday.data, yesterday.keys], {
    DATA_DIR: house.context.config.dataDir,
    DATABASE_URL: house.context.config.databaseUrl,
  })
  assert.match(stdout, /keep them apart/)
  for (const [folder, absent] of [
    [yesterday.data, /^vault\./],
    [yesterday.keys, /^(public|graphile_worker)\./],
  ] as const) {
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    for (const name of await readdir(folder)) {
      assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600, name)
      assert.doesNotMatch(name, absent)
    }
  }
  const records = gunzipSync(await readFile(join(yesterday.data, 'public.medical_records.gz'))).toString()
  assert.equal(records.trim().split('\n').length, 2)
  assert.doesNotMatch(records, /Limps|Sneezes/)
  await assert.rejects(writeBackup(house.context.config.databaseUrl, yesterday), { code: 'EEXIST' })
})

test('what was destroyed since does not open in a backup that was restored beside the keyring of today; all else does', async () => {
  const asItWas = await rowsOf(house.context.config.databaseUrl)
  const { rex, mimi, maya, sam } = world
  await house.call('DELETE', `/pets/${rex}`, { as: maya })
  await destroyClinicalContent(house.context, rex)
  await house.drain()
  const { ownerUrl } = await emptyDatabase()

  const takenAt = await restoreBackup(ownerUrl, yesterday)

  assert.ok(Date.parse(takenAt) < Date.now())
  assert.deepEqual(await rowsOf(ownerUrl), asItWas)
  await using restored = await openContext({ ...house.context.config, databaseUrl: ownerUrl })
  const app = await openApp(restored)
  const records = async (petId: string, accountId: string) => {
    const authorization = `Bearer ${await tokenOf(restored, accountId)}`
    return app.inject({ url: `/pets/${petId}/medical-records`, headers: { authorization } })
  }
  const [read, unread] = await Promise.all([records(mimi, sam), records(rex, maya)])
  await app.close()
  assert.deepEqual([read.statusCode, read.json().items[0].description], [200, 'Sneezes.'])
  assert.deepEqual([unread.statusCode, unread.json().code], [500, 'record.integrity'])
  assert.doesNotMatch(unread.body, /Limps/)
})

test('the tails of the log go on in another cluster where they were, and no session of before', async () => {
  const { ownerUrl } = await emptyDatabase()
  const client = new pg.Client({ connectionString: house.context.config.databaseUrl })
  await client.connect()
  await client.query(`update log_cursors set system_identifier = '1'`)
  const elsewhere = { data: at('elsewhere'), keys: at('elsewhere-keys') }
  await writeBackup(house.context.config.databaseUrl, elsewhere)
  const { rows: before } = await client.query('select tail, xid::text, id from log_cursors order by 1')
  await client.end()
  const manifest = JSON.parse(await readFile(join(elsewhere.data, 'manifest.json'), 'utf8'))

  const { stdout } = await command('restore', [elsewhere.data, elsewhere.keys], {
    DATA_DIR: house.context.config.dataDir,
    DATABASE_URL: ownerUrl,
  })
  assert.match(stdout, /without what was destroyed since/)

  const restored = new pg.Client({ connectionString: ownerUrl })
  await restored.connect()
  assert.deepEqual((await restored.query('select tail, xid::text, id from log_cursors order by 1')).rows, before)
  const { rows } = await restored.query(
    `select system_identifier = (select system_identifier::text from pg_control_system()) as here from log_cursors`,
  )
  assert.ok(rows.length > 0 && rows.every(({ here }) => here))
  const [{ next }] = (await restored.query('select pg_snapshot_xmax(pg_current_snapshot())::text as next')).rows
  assert.ok(BigInt(next) > BigInt(manifest.highestXid))
  assert.equal((await restored.query('select from sessions where ended_at is null')).rowCount, 0)
  const { ownerUrl: migrated } = await emptyDatabase()
  await migrate(migrated)
  const fresh = new pg.Client({ connectionString: migrated })
  await fresh.connect()
  assert.deepEqual(
    (await catalogOf(restored)).filter((line) => !line.startsWith('row')),
    (await catalogOf(fresh)).filter((line) => !line.startsWith('row')),
  )
  await Promise.all([restored.end(), fresh.end()])
})

test('what was destroyed before a backup has its receipt in there, and in the ledger though nobody kept it', async () => {
  const receipts = await house.sql('select receipt from vault.destruction_receipts')
  assert.equal(receipts.length, 1)
  const ledger = at('keys/destroyed-keys')
  await rm(ledger)
  const today = [at('today'), at('today-keys')] as const
  const { dataDir, databaseUrl } = house.context.config
  await command('backup', [...today], { DATA_DIR: dataDir, DATABASE_URL: databaseUrl })
  assert.deepEqual((await readFile(ledger, 'utf8')).split('\n').filter(Boolean), [receipts[0]?.receipt])
  const { ownerUrl } = await emptyDatabase()
  await restoreBackup(ownerUrl, { data: today[0], keys: today[1] })
  assert.deepEqual(await rowsOf(ownerUrl), await rowsOf(databaseUrl))
})

test('a cluster that is behind is brought past the transaction ids of the log, or its operator is told how', async () => {
  const client = new pg.Client({ connectionString: house.context.config.databaseUrl })
  await client.connect()
  const next = async () =>
    BigInt((await client.query('select pg_snapshot_xmax(pg_current_snapshot())::text as next')).rows[0].next)
  const ahead = (await next()) + 3_000n
  await passTransactionIds(client, String(ahead))
  assert.ok((await next()) > ahead)
  await assert.rejects(passTransactionIds(client, String(ahead + 100_000_000n)), { message: /pg_resetwal/ })
  await client.end()
})

test('is refused: a database with people in it, halves of two backups, one that was not finished, a newer Petra’s', async () => {
  const { ownerUrl } = await emptyDatabase()
  const { databaseUrl } = house.context.config
  const refused = (folders: typeof yesterday, message: RegExp, url = ownerUrl) =>
    assert.rejects(restoreBackup(url, folders), { name: 'StartupError', message })
  await refused(yesterday, /There are accounts/, databaseUrl)
  await refused({ data: yesterday.data, keys: at('elsewhere-keys') }, /not halves of one backup/)
  await refused({ data: yesterday.keys, keys: yesterday.data }, /not the half/)
  await rename(join(yesterday.keys, 'manifest.json'), at('manifest'))
  await refused(yesterday, /never finished/)
  await rename(at('manifest'), join(yesterday.keys, 'manifest.json'))
  const manifest = await readFile(join(yesterday.data, 'manifest.json'), 'utf8')
  await writeFile(join(yesterday.data, 'manifest.json'), manifest.replace('0001-foundation', '9999-to-come'))
  await refused(yesterday, /newer version/)
  await assert.rejects(command('restore', [yesterday.data], {}), { code: 1, stderr: /^Say where from/ })
})
