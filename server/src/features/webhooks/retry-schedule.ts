const MINUTE = 60
const HOUR = 60 * MINUTE

/** Seconds from a failure to the attempt after it: the schedule that Standard Webhooks gives, 75 hours in all. */
const delays = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]

const MOST_PAUSE = 5 * MINUTE

/**
 * Seconds until the next attempt, up to a fifth more than the schedule so that those who failed together do not come back
 * together; null after the last.
 * @param attempts how many there have been
 * @param atLeast what the endpoint asks for
 */
export function againInSeconds(attempts: number, atLeast: number, random = Math.random()): number | null {
  const delay = delays[attempts - 1]
  return delay === undefined ? null : Math.max(delay, atLeast) * (1 + random / 5)
}

/** Seconds an endpoint that cannot be reached is left alone for, by how often in a row it could not. */
export function pauseSeconds(failures: number, atLeast: number): number {
  return Math.max(Math.min(5 * 2 ** Math.max(failures - 1, 0), MOST_PAUSE), atLeast)
}
