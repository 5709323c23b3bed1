import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import PostalMime, { type Email } from 'postal-mime'
import { readConfig } from '../src/platform/config.ts'
import { type Context, openContext } from '../src/platform/context.ts'
import { drainWork } from '../src/worker.ts'
import { cloneDatabase } from './clone-database.ts'

/** What is behind the API, on a database of its own: clone, context, and the worker's work on demand. */
export interface Backstage extends AsyncDisposable {
  readonly context: Context
  /** Runs SQL as the superuser. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a row
  sql(text: string, values?: unknown[]): Promise<any[]>
  /** Puts the database's clock ahead of the machine's, e.g. '2 days'. */
  setClockAhead(interval: string): Promise<void>
  /** Dispatches all committed events and runs all jobs that are due on the database's clock, until nothing is left. */
  drain(): Promise<void>
  /** The mails written so far, oldest first. */
  mails(): Promise<Email[]>
}

/** `env` sets variables as an operator would. */
export async function openBackstage(env: Record<string, string> = {}): Promise<Backstage> {
  const { databaseUrl, superuserUrl } = await cloneDatabase()
  const dataDir = await mkdtemp(join(process.env.TEST_FOLDER as string, 'data-'))
  const config = readConfig({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...env })
  const context = await openContext({ ...config, databaseUrl })
  const admin = new pg.Pool({ connectionString: superuserUrl, max: 1, idleTimeoutMillis: 0 })
  const sql = async (text: string, values: unknown[] = []) => (await admin.query(text, values)).rows
  return {
    context,
    sql,
    async setClockAhead(interval) {
      await admin.query('update test_clock set ahead = $1', [interval])
    },
    async drain() {
      do await drainWork(context)
      while ((await sql(bringForward)).length > 0)
    },
    async mails() {
      const folder = join(dataDir, 'mail')
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort()
      return Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))))
    },
    async [Symbol.asyncDispose]() {
      await context[Symbol.asyncDispose]()
      await admin.end()
    },
  }
}

/** Jobs go by the machine's clock; those that are due on the test's become due. */
const bringForward = `
  update graphile_worker._private_jobs set run_at = now()
   where run_at > now() and run_at <= clock_now() and attempts = 0
  returning id`
