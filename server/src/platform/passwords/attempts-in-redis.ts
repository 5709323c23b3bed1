import type { Redis } from 'ioredis'
import type { TryStore } from './try-store.ts'

/** Counts tries in Redis, where windows end by themselves. A script is one step. */
export function triesInRedis(redis: Redis): TryStore {
  return {
    async add(windows) {
      const keys = windows.map(({ key }) => nameOf(key))
      const seconds = windows.map((window) => window.seconds)
      const counted = (await redis.eval(addTries, keys.length, ...keys, ...seconds)) as [number, number][]
      return counted.map(([count, millisecondsLeft]) => ({ count, secondsLeft: millisecondsLeft / 1000 }))
    },
    async subtract(keys) {
      await redis.eval(subtractTries, keys.length, ...keys.map(nameOf))
    },
  }
}

function nameOf(key: Buffer): string {
  return `petra:tries:${key.toString('base64url')}`
}

const addTries = `
  local counted = {}
  for i, key in ipairs(KEYS) do
    redis.call('set', key, 0, 'EX', ARGV[i], 'NX')
    counted[i] = { redis.call('incr', key), redis.call('pttl', key) }
  end
  return counted`

const subtractTries = `
  for _, key in ipairs(KEYS) do
    if tonumber(redis.call('get', key) or 0) > 0 then redis.call('decr', key) end
  end`
