import { join } from 'node:path'
import { dataDir } from './platform/config.ts'
import { runningSuperuserUrl } from './platform/embedded-postgres/embedded-postgres.ts'
import { StartupError, unusableFolder } from './platform/startup-error.ts'

const folder = dataDir()

try {
  const url = await runningSuperuserUrl(join(folder, 'postgres'))
  if (url === undefined) throw new StartupError(`No embedded database is running in ${folder}. Start Petra first.`)
  console.log(url)
} catch (error) {
  const failure = unusableFolder(folder, error)
  if (!(failure instanceof StartupError)) throw failure
  console.error(failure.message)
  process.exitCode = 1
}
