import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StartupError } from '../startup-error.ts'
import { type Postmaster, runningPostmaster, stopPostmaster } from './embedded-postmaster.ts'
import { commandFor, type Runner } from './embedded-runner.ts'

const attempts = 10
const startWithinMs = 120_000 // recovery after a crash replays up to 1 GB of write-ahead log

/**
 * Starts `postgres` on `home`/cluster, on a free port of 127.0.0.1, and returns when it answers. It has a process group of
 * its own: Ctrl-C in the terminal must not stop it before the requests in flight are done.
 *
 * @throws {StartupError} with the last words of its log
 */
export async function startPostmaster(home: string, postgres: string, runner: Runner): Promise<StartedPostmaster> {
  let lastWords = ''
  // The port may be taken before postgres binds it, and sessions of a killed postmaster need a moment to notice: both pass.
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const outcome = await tryToStart(home, postgres, runner, await freePort())
    if ('pid' in outcome) return outcome
    lastWords = outcome.lastWords
    await delay(200)
  }
  throw new StartupError(`The embedded database does not start: ${lastWords}. See ${logOf(home)}.`)
}

/** `ended` resolves when it is gone, for whatever reason. */
type StartedPostmaster = Postmaster & { ended: Promise<void> }
type Outcome = StartedPostmaster | { lastWords: string }

async function tryToStart(home: string, postgres: string, runner: Runner, port: number): Promise<Outcome> {
  const cluster = join(home, 'cluster')
  const { file, args, options } = commandFor(runner, postgres, ['-D', cluster, ...settings(port)])
  await using log = await open(logOf(home), 'a+', 0o600)
  const { size: logStart } = await log.stat()
  const child = spawn(file, args, { ...options, detached: true, stdio: ['ignore', log.fd, log.fd] })
  child.unref()
  let isOver = false
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve())
  }).then(() => {
    isOver = true
  })
  const deadline = performance.now() + startWithinMs
  while (!isOver) {
    const running = await runningPostmaster(cluster)
    if (running?.pid === child.pid && running?.isReady) return { ...running, ended }
    if (performance.now() > deadline && child.pid !== undefined) {
      await stopPostmaster(cluster, child.pid, 0)
      throw new StartupError(`The embedded database is not ready after ${startWithinMs / 1000} s. See ${logOf(home)}.`)
    }
    await delay(10)
  }
  const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(64_000), position: logStart })
  return { lastWords: fatalLineOf(buffer.toString('utf8', 0, bytesRead)) }
}

function logOf(home: string): string {
  return join(home, 'postgres.log')
}

function fatalLineOf(log: string): string {
  const lines = log.trimEnd().split('\n')
  const fatal = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? ''
  return fatal.replace(/^.*(FATAL|PANIC): +/, '')
}

function settings(port: number): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Errors go to the application, which logs them; a taken time slot is none of the operator's business.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    // Before it recovers: one call, instead of one for each of 1,400 files, which takes seconds on a busy disk.
    ...(process.platform === 'linux' && { recovery_init_sync_method: 'syncfs' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
