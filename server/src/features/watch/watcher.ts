import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Db } from '../../platform/database/database.ts'
import { cursorOf } from '../../platform/events/log-tail.ts'
import { WATCH, watchAll } from './watch-trail.ts'

const POLL_MS = 2_000
const LONGEST_WAIT_MS = 60_000

/**
 * Watches the trail until it is disposed. Any number of processes may: one at a time does.
 * @throws StartupError when the log was read in another cluster
 */
export async function openWatcher(context: { readonly db: Db; readonly log: Logger }): Promise<AsyncDisposable> {
  await cursorOf(context.db, WATCH)
  const stopping = new AbortController()
  const watching = keepWatching(context, stopping.signal)
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await watching
    },
  }
}

async function keepWatching(context: { readonly db: Db; readonly log: Logger }, signal: AbortSignal): Promise<void> {
  let wait = POLL_MS
  while (!signal.aborted) {
    try {
      await watchAll(context)
      wait = POLL_MS
    } catch (error) {
      context.log.error({ err: error }, 'the audit trail cannot be watched; trying again')
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
    await sleep(wait, undefined, { signal }).catch(() => {})
  }
}
