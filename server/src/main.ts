import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openApp } from './app.ts'
import { welcome } from './demo/welcome.ts'
import { type Config, readConfig } from './platform/config.ts'
import { openContext } from './platform/context.ts'
import { migrate } from './platform/database/migrate.ts'
import { openEmbeddedPostgres } from './platform/embedded-postgres/embedded-postgres.ts'
import { lockFolder } from './platform/folder-lock.ts'
import { listen } from './platform/http/listen.ts'
import { StartupError, unusableDatabase } from './platform/startup-error.ts'

/** How long readiness says 503 before the door closes, so that whoever balances the load looks elsewhere. */
const DRAIN_MS = 1_000
/** From the signal to the end, whatever hangs. */
const MOST_SHUTDOWN_MS = 9_500

async function main(): Promise<void> {
  const config = readConfig()
  const told = signalled(config)
  await using stack = new AsyncDisposableStack()
  const { databaseUrl, migrationDatabaseUrl } = await openDatabases(config, stack)
  await migrate(migrationDatabaseUrl).catch((error) => {
    throw unusableDatabase(migrationDatabaseUrl, error)
  })
  const context = stack.use(await openContext({ ...config, databaseUrl }))
  // Loaded only where they run: mail and calendars alone take 20 MB.
  if (config.demo) await (await import('./demo/demo.ts')).loadDemo(context)
  const worker =
    config.process === 'api' ? undefined : stack.use(await (await import('./worker.ts')).openWorker(context))
  // Now, and not at the end: whoever is killed would leave the next one nothing.
  flushCompileCache()
  if (config.process === 'worker') {
    console.log('Petra’s worker is ready.')
    await told
    return
  }
  let draining = false
  const app = await openApp(context, () => draining)
  stack.defer(() => app.close())
  console.log(welcome(await listen(app, config), config))
  await told
  draining = true
  // Jobs under way may take as long to end as requests: both have the whole time.
  await Promise.all([wait(DRAIN_MS).then(() => app.close()), worker?.[Symbol.asyncDispose]()])
}

/** The database that is named, or our own under the data folder, which only one process at a time may use. */
async function openDatabases(config: Config, stack: AsyncDisposableStack) {
  const { databaseUrl, migrationDatabaseUrl } = config
  if (databaseUrl && migrationDatabaseUrl) return { databaseUrl, migrationDatabaseUrl }
  stack.use(await lockFolder(config.dataDir))
  const folder = join(config.dataDir, 'postgres')
  const postgres = stack.use(await openEmbeddedPostgres(folder))
  postgres.died.then(() => {
    console.error(
      `The embedded database ended by itself; ${join(folder, 'postgres.log')} may say why. Start Petra again.`,
    )
    process.exit(1)
  })
  return { databaseUrl: postgres.url, migrationDatabaseUrl: postgres.migrationUrl }
}

/**
 * Resolves at the first signal to end; a second one ends the process on the spot. A terminal that closes is one too,
 * unless SIGHUP is how the certificate is renewed.
 */
function signalled({ tls }: Config): Promise<void> {
  if (tls) process.on('SIGHUP', () => {})
  return new Promise((resolve) => {
    let count = 0
    for (const signal of ['SIGTERM', 'SIGINT', ...(tls ? [] : ['SIGHUP'])] as const) {
      process.on(signal, () => {
        if (++count > 1) process.exit(1)
        setTimeout(() => process.exit(1), MOST_SHUTDOWN_MS).unref()
        resolve()
      })
    }
  })
}

try {
  await main()
  process.exit(0)
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error)
  process.exit(1)
}
