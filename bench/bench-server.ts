import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ownCpuSeconds } from './cpu-time.ts'

/** A server of its own process that is being measured. */
export interface BenchServer extends AsyncDisposable {
  readonly name: string
  readonly url: string
  tokenOf(owner: number): string
  /** CPU time that the process has used so far, in user and system mode. */
  cpuSeconds(): number
  rssMegabytes(): number
}

const BOOT_MS = 30_000
const root = join(import.meta.dirname, '..')

/** What `npm start` runs. */
export const petraCommand: readonly string[] = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
).scripts.start.split(' ')

/**
 * Starts a server on a free port of 127.0.0.1 and waits until it answers. Disposing ends the process.
 * @param command seen from the project's folder
 * @param sign makes an owner's token for the server at a URL
 * @throws Error when it ends or does not answer within 30 s
 */
export async function startServer(
  name: string,
  [file, ...args]: readonly string[],
  env: Record<string, string>,
  sign: (owner: number, url: string) => string,
): Promise<BenchServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(file as string, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), ...env },
  })
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  try {
    await answers(url, () => child.exitCode !== null)
  } catch (error) {
    await stop()
    throw new Error(`${name} did not start`, { cause: error })
  }
  const tokens = new Map<number, string>()
  return {
    name,
    url,
    tokenOf(owner) {
      const token = tokens.get(owner) ?? sign(owner, url)
      tokens.set(owner, token)
      return token
    },
    cpuSeconds: () => ownCpuSeconds(child.pid as number),
    rssMegabytes() {
      const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
      return Number(kilobytes) / 1024
    },
    [Symbol.asyncDispose]: stop,
  }
}

async function answers(url: string, hasEnded: () => boolean): Promise<void> {
  for (const deadline = Date.now() + BOOT_MS; ; await wait(100)) {
    if (hasEnded()) throw new Error('it ended')
    const response = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (response) return
    if (Date.now() > deadline) throw new Error(`no answer within ${BOOT_MS / 1000} s`)
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}
