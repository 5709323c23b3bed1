import type { Redis } from 'ioredis'
import type { Logger } from 'pino'

const CONNECT_MS = 2_000
/** Slower than this it counts as away: what is kept there is for speed, and can be done without. */
const ANSWER_MS = 500
const LONGEST_WAIT_MS = 2_000

/**
 * Opens a connection to Redis. While it is away, commands fail at once, and whoever sends one has to do without.
 * @returns once it is there, or known to be away
 */
export async function openRedis(url: string, log: Logger): Promise<{ redis: Redis } & AsyncDisposable> {
  // Loading the client takes a tenth of a second, which a start without Redis need not wait for.
  const client = await import('ioredis')
  const redis = new client.Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_MS,
    commandTimeout: ANSWER_MS,
    retryStrategy: (attempt) => Math.min(100 * attempt, LONGEST_WAIT_MS),
  })
  let isAway = false
  redis.on('error', (error) => {
    if (!isAway) log.warn({ err: error }, 'Redis is away; going on without it')
    isAway = true
  })
  redis.on('ready', () => {
    if (isAway) log.warn('Redis is back')
    isAway = false
  })
  await redis.connect().catch(() => {})
  return {
    redis,
    async [Symbol.asyncDispose]() {
      redis.disconnect()
    },
  }
}
