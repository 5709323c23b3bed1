import { existsSync } from 'node:fs'
import { mkdir, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { unusableFolder } from '../startup-error.ts'
import { embeddedBinaries } from './embedded-binaries.ts'
import { ensureCluster } from './embedded-cluster.ts'
import { ensureCredentials, readCredentials, urlOf } from './embedded-credentials.ts'
import { runningPostmaster, stopPostmaster, tellToStop } from './embedded-postmaster.ts'
import { ensureRoles } from './embedded-roles.ts'
import { chooseRunner } from './embedded-runner.ts'
import { startPostmaster } from './embedded-start.ts'

/** A PostgreSQL of our own, on 127.0.0.1. Every URL leads to database `petra`. */
export type EmbeddedPostgres = AsyncDisposable & {
  /** As `petra_app`, the application's role. */
  url: string
  /** As `petra_owner`, who owns the database and may create roles, but is no superuser. */
  migrationUrl: string
  superuserUrl: string
  pid: number
  /** Resolves when the server ends without having been stopped here. */
  died: Promise<void>
  /** Ends sessions and stops the server, within 10 s. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on `folder`, and makes the folder, the cluster, the roles and the database where they are missing. A server
 * that outlived the process that started it is stopped first. The caller holds the lock on the data folder.
 *
 * @throws {StartupError} when the folder cannot be used or the server does not start
 */
export async function openEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  try {
    return await open(folder)
  } catch (error) {
    throw unusableFolder(folder, error)
  }
}

/** The superuser's URL of the server that runs on `folder` now; undefined when none does. */
export async function runningSuperuserUrl(folder: string): Promise<string | undefined> {
  if (!existsSync(folder)) return undefined
  const home = await realpath(folder)
  const running = await runningPostmaster(join(home, 'cluster'))
  return running?.isReady ? urlOf('postgres', await readCredentials(home), running.port) : undefined
}

async function open(folder: string): Promise<EmbeddedPostgres> {
  const { initdb, postgres } = await embeddedBinaries()
  await mkdir(folder, { recursive: true, mode: 0o711 })
  const home = await realpath(folder)
  const credentials = await ensureCredentials(home)
  const runner = await chooseRunner(postgres, home)
  await ensureCluster(home, initdb, runner, credentials.postgres)
  const cluster = join(home, 'cluster')
  await stopSurvivor(cluster)
  const { pid, port, ended } = await startPostmaster(home, postgres, runner)
  let stopping: Promise<void> | undefined
  // A process that ends without stopping it, in a crash or too late, takes its server along.
  const leave = () => tellToStop(pid)
  process.once('exit', leave)
  const stop = () => {
    stopping ??= stopPostmaster(cluster, pid, 8_000).finally(() => process.off('exit', leave))
    return stopping
  }
  const died = new Promise<void>((resolve) => {
    ended.then(() => stopping ?? resolve())
  })
  try {
    await ensureRoles(port, credentials)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url: urlOf('petra_app', credentials, port),
    migrationUrl: urlOf('petra_owner', credentials, port),
    superuserUrl: urlOf('postgres', credentials, port),
    pid,
    died,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** After this no postmaster.pid is left: an old one would block us when its pid has meanwhile gone to another process of that user. */
async function stopSurvivor(cluster: string): Promise<void> {
  const survivor = await runningPostmaster(cluster)
  if (survivor !== undefined) await stopPostmaster(cluster, survivor.pid, 1_500)
  // NOTE PostgreSQL still refuses a cluster in use: it finds the shared memory of a live server by the folder's inode.
  if ((await runningPostmaster(cluster)) === undefined) await rm(join(cluster, 'postmaster.pid'), { force: true })
}
