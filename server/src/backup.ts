import { join, relative } from 'node:path'
import { writeBackup } from './platform/backup/write-backup.ts'
import { readConfig } from './platform/config.ts'
import { openContext } from './platform/context.ts'
import { runningSuperuserUrl } from './platform/embedded-postgres/embedded-postgres.ts'
import { keepReceipts } from './platform/keys/destruction-ledger.ts'
import { StartupError, unusableFolder } from './platform/startup-error.ts'

/** `npm run backup -- DATA-FOLDER KEYS-FOLDER`: copies the database, while Petra runs, into two new folders to be kept apart. */
const [data = '', keys = '', ...more] = process.argv.slice(2)

try {
  if (!data || !keys || more.length > 0)
    throw new StartupError('Say where to, apart from each other: npm run backup -- DATA-FOLDER KEYS-FOLDER')
  if (isWithin(data, keys) || isWithin(keys, data))
    throw new StartupError('One of the folders lies in the other: whoever has that one has both. Keep them apart.')
  const config = readConfig()
  const running = config.databaseUrl ?? (await runningSuperuserUrl(join(config.dataDir, 'postgres')))
  if (running === undefined) throw new StartupError('No database is running. Start Petra first.')
  await using context = await openContext({ ...config, databaseUrl: running })
  await keepReceipts({ db: context.db, folder: join(config.dataDir, 'keys') }, null)
  const takenAt = await writeBackup(config.migrationDatabaseUrl ?? running, { data, keys })
  console.log(`The database as of ${takenAt} is in ${data}, its wrapped keys in ${keys}: keep them apart.`)
  console.log(`Not in there: the keyring and its ledger (${join(config.dataDir, 'keys')}), and the store of files.`)
} catch (error) {
  const failure = unusableFolder(data, error)
  if (!(failure instanceof StartupError)) throw failure
  console.error(failure.message)
  process.exitCode = 1
}

function isWithin(outer: string, inner: string): boolean {
  return !/^\.\.(\/|$)/.test(relative(outer, inner))
}
