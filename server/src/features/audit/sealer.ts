import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { cursorOf } from '../../platform/events/log-tail.ts'
import type { Anchor } from './anchor.ts'
import { publishCheckpoints } from './publish-checkpoints.ts'
import { MOST_IN_BATCH } from './queries/tree.ts'
import { SEALER, type Sealing, sealEvents } from './seal-events.ts'

/** An event waits no longer than five seconds: this, and what a batch takes. */
const POLL_MS = 4_000
const LONGEST_WAIT_MS = 60_000

export interface SealerOptions extends Omit<Sealing, 'seen'> {
  readonly anchors: readonly Anchor[]
  readonly log: Logger
}

/**
 * Seals the log and publishes its checkpoints until it is disposed, and once more then. Any number of processes may: one at a time seals.
 * @throws StartupError when the log was sealed in another cluster
 */
export async function openSealer(options: SealerOptions): Promise<AsyncDisposable> {
  await cursorOf(options.db, SEALER)
  const stopping = new AbortController()
  const sealing: Sealing = { db: options.db, keyring: options.keyring, seen: 0 }
  const following = follow(sealing, options, stopping.signal)
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await following
    },
  }
}

async function follow(sealing: Sealing, { anchors, log }: SealerOptions, signal: AbortSignal): Promise<void> {
  let wait = POLL_MS
  for (let isLast = false; !isLast; ) {
    isLast = signal.aborted
    try {
      while ((await sealEvents(sealing)) === MOST_IN_BATCH);
      await publishCheckpoints(sealing.db, anchors)
      wait = POLL_MS
    } catch (error) {
      log.error({ err: error }, 'the audit trail cannot be sealed or published; trying again')
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
    if (!isLast) await sleep(wait, undefined, { signal }).catch(() => {})
  }
}
