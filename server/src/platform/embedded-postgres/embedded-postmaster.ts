import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

/** PostgreSQL's parent process; `isReady` when it answers, and not while it starts, recovers or stops. */
export type Postmaster = { pid: number; port: number; isReady: boolean }

/** The postmaster that runs on `cluster` (an absolute path); undefined when there is none, whatever an old postmaster.pid says. */
export async function runningPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = await linesOf(join(cluster, 'postmaster.pid'))
  const pid = Number(lines[0])
  if (!(pid > 0) || !(await isPostmasterOf(cluster, pid))) return undefined
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' }
}

/**
 * Ends sessions, writes everything down and stops; after `patienceMs` it stops at once and leaves the rest to recovery
 * at the next start. Returns when the process is gone.
 */
export async function stopPostmaster(cluster: string, pid: number, patienceMs: number): Promise<void> {
  tellToStop(pid)
  if (await isGone(cluster, pid, patienceMs)) return
  signal(pid, 'SIGQUIT')
  await isGone(cluster, pid, 1_500)
}

/** Has it end sessions, write everything down and stop, without waiting for that. */
export function tellToStop(pid: number): void {
  signal(pid, 'SIGINT')
}

async function isGone(cluster: string, pid: number, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (await isPostmasterOf(cluster, pid)) {
    if (performance.now() > deadline) return false
    await delay(20)
  }
  return true
}

/** By its command line, since after a crash the pid may be somebody else's; a process that only waits to be reaped has none. */
async function isPostmasterOf(cluster: string, pid: number): Promise<boolean> {
  return `${await commandLineOf(pid)} `.includes(` -D ${cluster} `)
}

async function commandLineOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return (await linesOf(`/proc/${pid}/cmdline`)).join('\n').replaceAll('\0', ' ')
  const ps = promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)])
  return await ps.then(({ stdout }) => stdout.trim()).catch(() => '')
}

/** No lines when the file is gone, which a process's files may be at any step of reading. */
async function linesOf(path: string): Promise<string[]> {
  try {
    return (await readFile(path, 'utf8')).split('\n')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
