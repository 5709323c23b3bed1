import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startDueErasures } from './features/privacy/start-due-erasures.ts'
import { restoreBackup } from './platform/backup/restore-backup.ts'
import { readConfig } from './platform/config.ts'
import { openContext } from './platform/context.ts'
import { openEmbeddedPostgres } from './platform/embedded-postgres/embedded-postgres.ts'
import { lockFolder } from './platform/folder-lock.ts'
import { keyringPath } from './platform/keys/keyring.ts'
import { StartupError, unusableFolder } from './platform/startup-error.ts'

/**
 * `npm run restore -- DATA-FOLDER KEYS-FOLDER`: fills an empty database from a backup, beside today's keyring and its ledger, and
 * destroys again what was destroyed since.
 */
const [data = '', keys = '', ...more] = process.argv.slice(2)

try {
  if (!data || !keys || more.length > 0)
    throw new StartupError('Say where from: npm run restore -- DATA-FOLDER KEYS-FOLDER')
  const config = readConfig()
  // Without it a new one would be made, and found not to fit once the database is full.
  const keyring = keyringPath(join(config.dataDir, 'keys'))
  if (!existsSync(keyring)) throw new StartupError(`There is no ${keyring}: put today’s keys there first.`)
  await using stack = new AsyncDisposableStack()
  let { databaseUrl, migrationDatabaseUrl } = config
  if (!databaseUrl || !migrationDatabaseUrl) {
    stack.use(await lockFolder(config.dataDir))
    const postgres = stack.use(await openEmbeddedPostgres(join(config.dataDir, 'postgres')))
    databaseUrl = postgres.url
    migrationDatabaseUrl = postgres.migrationUrl
  }
  const takenAt = await restoreBackup(migrationDatabaseUrl, { data, keys })
  await using context = await openContext({ ...config, databaseUrl })
  await startDueErasures(context)
  console.log(
    `The database is as it was at ${takenAt}, without what was destroyed since. Everybody has to sign in anew.`,
  )
} catch (error) {
  const failure = unusableFolder(data, error)
  if (!(failure instanceof StartupError)) throw failure
  console.error(failure.message)
  process.exitCode = 1
}
