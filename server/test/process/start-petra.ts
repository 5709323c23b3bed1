import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { runningPostmaster, stopPostmaster } from '../../src/platform/embedded-postgres/embedded-postmaster.ts'
import { childEnv } from '../child-env.ts'

export interface Petra extends AsyncDisposable {
  readonly pid: number
  /** Where the API listens; '' for a worker. */
  readonly url: string
  readonly dataDir: string
  /** Milliseconds from the start to the line that says it is ready. */
  readonly readyMs: number
  stdout(): string
  stderr(): string
  readonly ended: Promise<{ code: number | null }>
  /** Sends a signal, waits for the end, and says how it came and after how many milliseconds. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; ms: number }>
}

export interface Attempt {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts Petra by what `npm start` runs, on a free port, and waits until it is ready; `env` is all it gets beside `childEnv`. */
export async function startPetra(env: Record<string, string> = {}): Promise<Petra> {
  const startedAt = performance.now()
  const dataDir = env.DATA_DIR ?? (await newDataDir())
  const { child, said } = spawnPetra({ ...env, DATA_DIR: dataDir })
  const url = await readyUrl(child, said)
  const readyMs = performance.now() - startedAt
  const ended = once(child, 'exit').then(([code]) => ({ code }))
  const end = async (signal: NodeJS.Signals) => {
    const signalledAt = performance.now()
    child.kill(signal)
    return { ...(await ended), ms: performance.now() - signalledAt }
  }
  return {
    pid: child.pid as number,
    url,
    dataDir,
    readyMs,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    ended,
    end,
    async [Symbol.asyncDispose]() {
      await end('SIGTERM')
      await stopServerIn(dataDir)
    },
  }
}

/** Starts Petra where it should refuse, and waits for its end; `account` makes it run as another user. */
export async function attemptPetra(
  env: Record<string, string>,
  account?: { uid: number; gid: number },
): Promise<Attempt> {
  const dataDir = env.DATA_DIR ?? (await newDataDir())
  const { child, said } = spawnPetra({ ...env, DATA_DIR: dataDir }, account)
  const timer = setTimeout(() => child.kill('SIGTERM'), 120_000)
  await once(child, 'close')
  clearTimeout(timer)
  return { code: child.exitCode, ...said }
}

const root = join(import.meta.dirname, '../../..')
/** What Node is given by `npm start`. */
const nodeArguments: readonly string[] = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  .scripts.start.split(' node ')[1]
  .split(' ')

/** A folder that does not exist yet, in one that does. */
export async function newDataDir(): Promise<string> {
  return join(await mkdtemp(join(process.env.TEST_FOLDER as string, 'process-')), 'petra')
}

/** The postmaster of a data folder and all of its children. */
export async function serverPids(dataDir: string): Promise<number[]> {
  const postmaster = await runningPostmaster(join(dataDir, 'postgres', 'cluster'))
  if (!postmaster) return []
  const { pid } = postmaster
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return [pid, ...children.trim().split(' ').filter(Boolean).map(Number)]
}

async function stopServerIn(dataDir: string): Promise<void> {
  const [pid] = await serverPids(dataDir)
  if (pid !== undefined) await stopPostmaster(join(dataDir, 'postgres', 'cluster'), pid, 1_000)
}

function spawnPetra(env: Record<string, string>, account: { uid: number; gid: number } | object = {}) {
  const child = spawn(process.execPath, nodeArguments, {
    cwd: root,
    env: { ...childEnv(), PORT: '0', RATE_LIMIT: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said.stderr += text
  })
  return { child, said }
}

async function readyUrl(child: ChildProcess, said: { stdout: string; stderr: string }): Promise<string> {
  while (child.exitCode === null && child.signalCode === null) {
    const ready = /ready(?: at (\S+))?.*\n/.exec(said.stdout)
    if (ready) return ready[1] ?? ''
    await wait(5)
  }
  throw new Error(`Petra did not start: ${said.stderr}`)
}
