import { join, resolve } from 'node:path'
import { runningSuperuserUrl } from './platform/embedded-postgres.ts'
import { StartupError, unusableFolder } from './platform/startup-error.ts'

const dataDir = resolve(process.env.DATA_DIR ?? '.petra')

try {
  const url = await runningSuperuserUrl(join(dataDir, 'postgres'))
  if (url === undefined) throw new StartupError(`No embedded database is running in ${dataDir}. Start Petra first.`)
  console.log(url)
} catch (error) {
  const failure = unusableFolder(dataDir, error)
  if (!(failure instanceof StartupError)) throw failure
  console.error(failure.message)
  process.exitCode = 1
}
