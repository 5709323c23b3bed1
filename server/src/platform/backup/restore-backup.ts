import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrate, migrationFiles } from '../database/migrate.ts'
import { StartupError } from '../startup-error.ts'
import { type BackupTable, type Half, halves, nameOf, roleFor, tablesOf } from './backup-tables.ts'
import { passTransactionIds } from './pass-transaction-ids.ts'
import type { Manifest } from './write-backup.ts'

/**
 * Fills an empty database from both halves of a backup: the schema by migrations, as far as they had come, then the rows, in one
 * transaction, then the migrations since. The event log's tails go on where they were, in this cluster. Nothing is served from
 * it before a process has opened it, which destroys again what was destroyed since.
 * @param url the role that migrates
 * @returns when the backup was taken
 * @throws StartupError when the database is not empty, the halves are not of one backup, or it is from a newer Petra
 */
export async function restoreBackup(url: string, folders: Record<Half, string>): Promise<string> {
  const [data, keys] = await Promise.all([readManifest(folders.data, 'data'), readManifest(folders.keys, 'keys')])
  if (data.id !== keys.id) throw new StartupError('The two folders are not halves of one backup.')
  const known = new Set(await migrationFiles())
  if (!data.migrations.every((name) => known.has(name))) {
    throw new StartupError('This backup was taken by a newer version of Petra; restore it with that.')
  }
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' })
  await client.connect()
  try {
    const { rows } = await client.query(`select from pg_class where relnamespace = 'public'::regnamespace limit 1`)
    const isFresh = rows.length === 0
    if (!isFresh && (await client.query('select from accounts limit 1')).rowCount) {
      throw new StartupError('There are accounts in this database; a backup is restored into an empty one.')
    }
    await migrate(url, undefined, new Set(data.migrations))
    await passTransactionIds(client, data.highestXid)
    await client.query('begin')
    await fill(client, [
      { folder: folders.data, manifest: data },
      { folder: folders.keys, manifest: keys },
    ])
    await client.query(goOnHere)
    await client.query(endSessions)
    await client.query('commit')
    await migrate(url)
    return data.takenAt
  } finally {
    await client.end()
  }
}

/** The log is as it was, and its transaction ids are below all that this cluster will give: what was read stays read. */
const goOnHere = `update log_cursors set system_identifier = (select system_identifier::text from pg_control_system())`

/** Some of them had ended since. */
const endSessions = `update sessions set ended_at = clock_now(), ended_because = 'restored' where ended_at is null`

async function readManifest(folder: string, half: Half): Promise<Manifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '{}')
  const manifest: Partial<Manifest> = JSON.parse(text)
  if (manifest.format !== 1 || manifest.half !== half) {
    throw new StartupError(`${folder} is not the half of a backup that has the ${half}, or it was never finished.`)
  }
  return manifest as Manifest
}

/** Foreign keys and triggers look at each row's company, which may come later: they are taken away and put back. */
async function fill(client: pg.Client, parts: readonly { folder: string; manifest: Manifest }[]): Promise<void> {
  const { rows: foreignKeys } = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
       from pg_constraint
      where contype = 'f' and conparentid = 0 and connamespace::regnamespace::text in ('public', 'vault')`,
  )
  for (const { table, name } of foreignKeys) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const half of Object.values(halves)) {
    for (const table of await tablesOf(client, half)) {
      await client.query(roleFor(table))
      await client.query(`alter table ${nameOf(table)} disable trigger user`)
      await client.query(`delete from ${nameOf(table)}`)
    }
  }
  for (const { folder, manifest } of parts) {
    for (const table of manifest.tables) await copyIn(client, table, join(folder, `${table.schema}.${table.name}.gz`))
    for (const { schema, name, last } of manifest.sequences) {
      await client.query(roleFor({ schema }))
      await client.query('select setval($1, $2)', [`${schema}."${name}"`, last])
    }
  }
  for (const half of Object.values(halves)) {
    for (const table of await tablesOf(client, half)) {
      await client.query(roleFor(table))
      await client.query(`alter table ${nameOf(table)} enable trigger user`)
    }
  }
  await client.query('reset role')
  for (const { table, name, definition } of foreignKeys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
}

async function copyIn(client: pg.Client, table: BackupTable, path: string): Promise<void> {
  await client.query(roleFor(table))
  const rows = client.query(copyFrom(`copy ${nameOf(table)} (${table.columns}) from stdin`))
  await pipeline(createReadStream(path), createGunzip(), rows)
}
