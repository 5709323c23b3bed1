import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { StartupError } from '../startup-error.ts'

/** Any number: two processes that migrate agree on it. */
export const MIGRATION_LOCK = 0x50_65_74_72

const folder = new URL('../../../migrations/', import.meta.url)

/**
 * Brings the schema up to date: numbered files of plain SQL, forward only, each in its own transaction.
 * Two processes may start at once: the second waits for the first.
 * @param url the migration role, which owns the schema
 * @param patienceSeconds how long to wait for another process that migrates
 * @param only these, where a backup is restored that has come no further
 * @returns the names of the migrations it ran
 * @throws StartupError when that process takes longer, or the server is too old
 */
export async function migrate(
  url: string,
  patienceSeconds = 60,
  only: ReadonlySet<string> | null = null,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await requireVersion17(client)
    await waitForTurn(client, patienceSeconds)
    await createApplicationRole(client)
    const ran = await runPending(client, only)
    await client.query('select make_event_partitions()')
    await migrateJobs(client, url)
    return ran
  } finally {
    await client.end()
  }
}

async function requireVersion17(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`select current_setting('server_version_num')::int as version`)
  if (rows[0].version < 170_000) throw new StartupError('PostgreSQL 17 or newer is needed.')
}

async function waitForTurn(client: pg.Client, patienceSeconds: number): Promise<void> {
  await client.query(`set lock_timeout = '${patienceSeconds}s'`)
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]).catch((error) => {
    if (error.code !== '55P03') throw error
    throw new StartupError(
      `Another process has been migrating this database for over ${patienceSeconds} seconds; gave up waiting.`,
    )
  })
  await client.query(`set lock_timeout = '10s'`)
}

/** The application acts as `petra_app`, which owns no table of Petra's; whoever migrates may act as it. */
async function createApplicationRole(client: pg.Client): Promise<void> {
  await client.query(
    `do $$ begin create role petra_app nologin; exception when duplicate_object or unique_violation then null; end $$`,
  )
  const { rows } = await client.query(`select pg_has_role(current_user, 'petra_app', 'set') as member`)
  if (!rows[0].member) await client.query('grant petra_app to current_user')
}

async function runPending(client: pg.Client, only: ReadonlySet<string> | null): Promise<string[]> {
  await client.query(
    'create table if not exists migrations (name text primary key, ran_at timestamptz not null default now())',
  )
  const done = new Set((await client.query('select name from migrations')).rows.map((row) => row.name))
  const pending = (await migrationFiles()).filter((name) => !done.has(name) && (only?.has(name) ?? true))
  for (const name of pending) {
    await client.query('begin')
    try {
      await client.query(await readFile(new URL(name, folder), 'utf8'))
      await client.query('insert into migrations (name) values ($1)', [name])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
    }
  }
  return pending
}

/** The migrations' file names, in order. */
export async function migrationFiles(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
}

/**
 * The job tables belong to the application's role: row security lets nobody else use them. Whose they are is noted on their schema,
 * so that a start which changes nothing does without the package: 2 MB of a process that runs no jobs.
 */
async function migrateJobs(client: pg.Client, url: string): Promise<void> {
  const manifest = new URL('../package.json', import.meta.resolve('graphile-worker'))
  const current = `graphile-worker ${JSON.parse(await readFile(manifest, 'utf8')).version}`
  const noted = await client.query(
    `select quote_ident(current_database()) as database,
            obj_description(to_regnamespace('graphile_worker'), 'pg_namespace') as version`,
  )
  const { database, version } = noted.rows[0]
  if (version === current) return
  const { runMigrations } = await import('graphile-worker')
  await client.query(`grant create on database ${database} to petra_app`)
  const pool = new pg.Pool({ connectionString: url, max: 1, options: '-c role=petra_app' })
  pool.on('error', () => {})
  pool.on('connect', (connection) => connection.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool })
    await pool.query(`comment on schema graphile_worker is '${current}'`)
  } finally {
    await pool.end()
    await client.query(`revoke create on database ${database} from petra_app`)
  }
}
