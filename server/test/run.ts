import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { migrate } from '../src/platform/database/migrate.ts'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres/embedded-postgres.ts'

/**
 * Runs the tests, all of them or the files named, against one PostgreSQL of their own: a template database is migrated
 * once, and every file clones it.
 */
const root = resolve(import.meta.dirname, '../..')
const named = process.argv.slice(2)
const files =
  named.length > 0
    ? named
    : globSync(['contract/**/*.test.ts', 'server/**/*.test.ts', 'examples/**/*.test.ts'], { cwd: root })

/** What waits for ever ends, and is named, long before a gate gives up on all. Tests that are named may be large runs by hand. */
const MOST_MS = named.length > 0 ? undefined : 45 * 60_000

/** The day on which every test runs, whatever the machine says: the dates that tests name lie after it. */
const TODAY = '2026-11-24'
const daysBehind = Temporal.PlainDate.from(TODAY).until(Temporal.Now.plainDateISO('UTC')).days

const folder = await mkdtemp(join(tmpdir(), 'petra-test-'))
const postgres = await openEmbeddedPostgres(join(folder, 'postgres'))
try {
  await spareTheDisk()
  for (const database of ['template1', 'petra']) await setClockBack(database)
  await makeTemplate()
  const runner = spawn(process.execPath, ['--test', '--test-concurrency=2', ...files.sort()], {
    cwd: root,
    timeout: MOST_MS,
    stdio: 'inherit',
    env: {
      ...process.env,
      TEST_POSTGRES: postgres.superuserUrl,
      TEST_FOLDER: folder,
      TEST_DAYS_BEHIND: String(daysBehind),
      // Every file is a process that loads the same modules: 0.4 s of each is reading types away.
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    },
  })
  process.exitCode = await new Promise<number>((done) => runner.on('close', (code) => done(code ?? 1)))
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

/** Nothing here has to outlive the machine: no commit waits for the disk, which was a quarter of a booking's work. */
async function spareTheDisk(): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.superuserUrl })
  await client.connect()
  await client.query('alter system set fsync = off')
  await client.query('select pg_reload_conf()')
  await client.end()
}

/** The template has the one thing production has not: a clock that tests may set. */
async function makeTemplate(): Promise<void> {
  await migrate(postgres.migrationUrl)
  const client = new pg.Client({ connectionString: postgres.migrationUrl })
  await client.connect()
  await client.query(`
    create table test_clock (ahead interval not null);
    insert into test_clock values ('0');
    grant select on test_clock to petra_app;
    create or replace function clock_now() returns timestamptz language sql stable
      return now() + (select ahead from test_clock)`)
  await client.end()
}

/** Sets back what PostgreSQL takes for the time in a database and in all that are cloned from it, as clock.ts does for Node. */
async function setClockBack(database: string): Promise<void> {
  const url = new URL(postgres.superuserUrl)
  url.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(`
    create function pg_catalog.machine_clock() returns timestamptz language internal volatile parallel safe as 'clock_timestamp';
    create or replace function pg_catalog.clock_timestamp() returns timestamptz language sql volatile parallel safe
      return machine_clock() - interval '${daysBehind} days';
    create or replace function pg_catalog.now() returns timestamptz language sql stable parallel safe
      return transaction_timestamp() - interval '${daysBehind} days'`)
  await client.end()
}
