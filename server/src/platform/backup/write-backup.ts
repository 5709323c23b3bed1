import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type BackupTable, type Half, halves, nameOf, roleFor, sequencesOf, tablesOf } from './backup-tables.ts'

/** What a half of a backup says of itself; both halves of one say the same id. */
export interface Manifest {
  readonly format: 1
  readonly id: string
  readonly takenAt: string
  readonly half: Half
  readonly migrations: readonly string[]
  readonly tables: readonly BackupTable[]
  readonly sequences: readonly { readonly schema: string; readonly name: string; readonly last: string }[]
  /** The highest transaction id that the event log knows. */
  readonly highestXid: string
}

/**
 * Copies the database at `url`, as of one instant, into two new folders that only their owner reads: what is sealed, and the
 * wrapped keys. It streams, and keeps nobody from writing.
 * @returns when it was taken
 */
export async function writeBackup(url: string, folders: Record<Half, string>): Promise<string> {
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows } = await client.query<{ id: string; taken_at: string; xid: string; migrations: string[] }>(
      `select gen_random_uuid() as id, now()::text as taken_at, (select array_agg(name order by name) from migrations) as migrations,
              coalesce((select max(xid) from events), '0')::text as xid`,
    )
    const [{ id, taken_at: takenAt, xid, migrations }] = rows as [(typeof rows)[number]]
    for (const half of ['data', 'keys'] as const) {
      const folder = folders[half]
      await mkdir(folder, { mode: 0o700 })
      const tables = await tablesOf(client, halves[half])
      for (const table of tables) await copyOut(client, table, join(folder, `${table.schema}.${table.name}.gz`))
      await client.query('reset role')
      const sequences = await sequencesOf(client, halves[half])
      const manifest: Manifest = { format: 1, id, takenAt, half, migrations, tables, sequences, highestXid: xid }
      // Last: a folder without it is no backup.
      await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
    }
    await client.query('commit')
    return takenAt
  } finally {
    await client.end()
  }
}

async function copyOut(client: pg.Client, table: BackupTable, path: string): Promise<void> {
  await client.query(roleFor(table))
  const rows = client.query(copyTo(`copy (select ${table.columns} from ${nameOf(table)}) to stdout`))
  await pipeline(rows, createGzip({ level: 3 }), createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }))
}
