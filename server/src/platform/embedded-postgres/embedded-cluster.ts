import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StartupError } from '../startup-error.ts'
import { commandFor, type Runner } from './embedded-runner.ts'

const unfinished = 'making-'

/**
 * Makes `home`/cluster unless it is there. It is made elsewhere and moved in with one rename, so that a cluster
 * that has its name is whole; what a crash left unfinished is thrown away.
 *
 * @param password of the superuser `postgres`
 * @throws {StartupError} with initdb's own words
 */
export async function ensureCluster(home: string, initdb: string, runner: Runner, password: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith(unfinished)) await rm(join(home, name), { recursive: true, maxRetries: 5, retryDelay: 100 })
  }
  const cluster = join(home, 'cluster')
  if (existsSync(cluster)) return
  const making = await mkdtemp(join(home, unfinished))
  await initialise(making, initdb, runner, password)
  await rename(join(making, 'cluster'), cluster)
  await rm(making, { recursive: true })
  await sync(home)
}

async function initialise(making: string, initdb: string, runner: Runner, password: string): Promise<void> {
  const passwordFile = join(making, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (runner.account !== undefined) {
    const { uid, gid } = runner.account
    await Promise.all([making, passwordFile].map((path) => chown(path, uid, gid)))
  }
  const { file, args, options } = commandFor(runner, initdb, [
    `--pgdata=${join(making, 'cluster')}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8 sorts alike on every machine, whatever its C library.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ])
  try {
    await promisify(execFile)(file, args, options)
  } catch (error) {
    const words = (error as { stderr?: string }).stderr?.match(/error: (.*)/)?.[1] ?? (error as Error).message
    throw new StartupError(`The embedded database could not be made in ${making}: ${words}`, { cause: error })
  }
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
