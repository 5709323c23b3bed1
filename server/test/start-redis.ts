import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'

export interface RedisServer extends AsyncDisposable {
  readonly url: string
  /** Ends the server at once, as when its machine dies. */
  stop(): Promise<void>
  /** Starts it again on its port, empty. */
  start(): Promise<void>
}

/** Why there is no Redis to test with; the gate installs one. */
export const noRedis: string | false = isInstalled() ? false : 'redis-server is not installed here'

/** A Redis of its own, in memory, on a free port. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  const folder = await mkdtemp(join(process.env.TEST_FOLDER as string, 'redis-'))
  let stop = async () => {}
  const start = async () => {
    const child = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
      { stdio: 'ignore' },
    )
    const ended = once(child, 'exit')
    stop = async () => {
      child.kill('SIGKILL')
      await ended
    }
    await untilReady(url)
  }
  await start()
  return { url, start, stop: () => stop(), [Symbol.asyncDispose]: () => stop() }
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 })
    redis.on('error', () => {})
    const answer = await redis
      .connect()
      .then(() => redis.ping())
      .catch(() => null)
    redis.disconnect()
    if (answer === 'PONG') return
    if (tries > 100) throw new Error('Redis did not start')
    await wait(50)
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

function isInstalled(): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'redis-server'), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
