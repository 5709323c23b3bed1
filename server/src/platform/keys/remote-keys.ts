import { AppError } from '../errors.ts'
import { IntegrityError } from './envelope.ts'

const TIMEOUT_MS = 2_000
const REST_MS = 1_000

/** Calls the machine that has the keys; `signal` ends a call that takes too long. */
export type CallKeys = <T>(call: (signal: AbortSignal) => Promise<T>) => Promise<T>

/**
 * Makes every failure but an IntegrityError a 503. After one, nobody waits for the other machine within the next second: requests
 * that did would hold their connections, and those that need no key from there would wait for them.
 * @param failed is told of each failure, once a second at most
 */
export function openRemoteKeys(failed: (error: unknown) => void): CallKeys {
  let restsUntil = Number.NEGATIVE_INFINITY
  return async (call) => {
    if (performance.now() < restsUntil) throw unavailable()
    try {
      return await call(AbortSignal.timeout(TIMEOUT_MS))
    } catch (error) {
      if (error instanceof IntegrityError) throw error
      if (performance.now() >= restsUntil) {
        restsUntil = performance.now() + REST_MS
        failed(error)
      }
      throw unavailable()
    }
  }
}

function unavailable(): AppError {
  return new AppError('service.unavailable', 'The keys cannot be reached right now.')
}
