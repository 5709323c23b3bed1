import type { Context } from '../context.ts'
import { TooManyTries } from '../errors.ts'
import { triesInDatabase } from './attempts-in-database.ts'
import { triesInRedis } from './attempts-in-redis.ts'
import type { Counted, TryStore } from './try-store.ts'

/** How often something may be tried. */
export interface TryLimit {
  /** Names the policy to the caller. */
  readonly name: string
  readonly most: number
  /** The window, from the first try. */
  readonly seconds: number
  /** Whose tries are counted together: an id, an address; it is stored as its HMAC. */
  readonly subject: string
}

/** Counts tries across processes and restarts. */
export interface Attempts {
  /**
   * Takes one try off every limit, or off none.
   * @throws TooManyTries 429 when one of them has none left
   */
  take(limits: readonly TryLimit[]): Promise<void>
  /** Gives back what was taken: it was no failure. */
  giveBack(limits: readonly TryLimit[]): Promise<void>
}

/** Counts in Redis where there is one, and in PostgreSQL otherwise, and while Redis is away. With lifted limits it counts nothing. */
export function openAttempts({ db, redis, keyring, config }: Context): Attempts {
  if (!config.rateLimit.on) return { take: async () => {}, giveBack: async () => {} }
  const database = triesInDatabase(db)
  const first = redis ? triesInRedis(redis) : database

  function withEither<T>(work: (store: TryStore) => Promise<T>): Promise<T> {
    return first === database ? work(database) : work(first).catch(() => work(database))
  }
  const keyOf = ({ name, subject }: TryLimit) => keyring.hmac('token', `tries ${name} ${subject}`)
  const giveBack = (limits: readonly TryLimit[]) => withEither((store) => store.subtract(limits.map(keyOf)))

  return {
    async take(limits) {
      const windows = limits.map((limit) => ({ key: keyOf(limit), seconds: limit.seconds }))
      const counted = await withEither((store) => store.add(windows))
      const refusals = limits.flatMap((limit, i) => {
        const { count, secondsLeft } = counted[i] as Counted
        return count > limit.most ? [new TooManyTries(limit, Math.max(1, Math.ceil(secondsLeft)))] : []
      })
      if (refusals.length === 0) return
      await giveBack(limits)
      throw refusals.reduce((longest, other) => (other.retryAfter > longest.retryAfter ? other : longest))
    },
    giveBack,
  }
}
