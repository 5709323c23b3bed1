import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type Db, type Queryable, type Tx, transact } from './database.ts'
import { enqueue, type JobSpec, type Listener } from './jobs.ts'
import { claimTail, cursorOf, type LogEvent, moveCursor, parkEvent, readAnnounced, tailLag } from './log-tail.ts'
import { codeOf } from './sql-state.ts'

const TAIL = 'dispatcher'
const POLL_MS = 200
const LONGEST_WAIT_MS = 10_000
const BATCH = 500

/** The errors that one event can bring about by itself: wrong values, broken constraints, raised exceptions, sizes past a limit. */
const OF_THE_EVENT = /^(2[23]|54|P0)/

export interface Dispatching {
  readonly db: Db
  readonly listeners: readonly Listener[]
  readonly log: Logger
}

/**
 * Follows the event log, and turns what is announced into its listeners' jobs. Any number of processes may: one at a time does.
 * @throws StartupError when the log was read in another cluster
 */
export async function openDispatcher(dispatching: Dispatching): Promise<AsyncDisposable> {
  await cursorOf(dispatching.db, TAIL)
  const stopping = new AbortController()
  const following = follow(dispatching, stopping.signal)
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await following
    },
  }
}

async function follow(dispatching: Dispatching, signal: AbortSignal): Promise<void> {
  let wait = POLL_MS
  while (!signal.aborted) {
    try {
      const read = await dispatch(dispatching)
      wait = POLL_MS
      if (read === BATCH) continue
    } catch (error) {
      dispatching.log.error({ err: error }, 'the event log cannot be dispatched; trying again')
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
    await sleep(wait, undefined, { signal }).catch(() => {})
  }
}

/**
 * Dispatches one batch: its events' jobs and the cursor past them are one commit.
 * @returns how many events it read; 0 too when another process is at it
 */
export async function dispatch(dispatching: Dispatching): Promise<number> {
  try {
    return await dispatchBatch(dispatching, dispatchTogether)
  } catch (error) {
    if (!OF_THE_EVENT.test(codeOf(error))) throw error
    return dispatchBatch(dispatching, dispatchOneByOne)
  }
}

/** Seconds since the oldest announced event that has not been dispatched; 0 when there is none. */
export function logLag(db: Queryable): Promise<number> {
  return tailLag(db, TAIL)
}

type Work = (tx: Tx, events: readonly LogEvent[], dispatching: Dispatching) => Promise<void>

function dispatchBatch(dispatching: Dispatching, work: Work): Promise<number> {
  return transact(dispatching.db, async (tx) => {
    const cursor = await claimTail(tx, TAIL)
    if (!cursor) return 0
    const events = await readAnnounced(tx, cursor, BATCH)
    const last = events.at(-1)
    if (!last) return 0
    await work(tx, events, dispatching)
    await moveCursor(tx, TAIL, last)
    return events.length
  })
}

async function dispatchTogether(tx: Tx, events: readonly LogEvent[], dispatching: Dispatching): Promise<void> {
  const specs: JobSpec[] = []
  for (const event of events) {
    try {
      specs.push(...specsOf(event, dispatching))
    } catch (error) {
      await park(tx, event, error, dispatching)
    }
  }
  await enqueue(tx, specs)
}

/** What a batch that failed as a whole comes to: only the event that fails by itself is laid aside. */
async function dispatchOneByOne(tx: Tx, events: readonly LogEvent[], dispatching: Dispatching): Promise<void> {
  for (const event of events) {
    await tx.rows({ text: 'savepoint before_event', values: [] })
    try {
      await enqueue(tx, specsOf(event, dispatching))
    } catch (error) {
      if (codeOf(error) !== '' && !OF_THE_EVENT.test(codeOf(error))) throw error
      await tx.rows({ text: 'rollback to savepoint before_event', values: [] })
      await park(tx, event, error, dispatching)
    }
    await tx.rows({ text: 'release savepoint before_event', values: [] })
  }
}

function specsOf(event: LogEvent, { listeners }: Dispatching): JobSpec[] {
  return listeners.filter(({ events }) => events.includes(event.name)).flatMap((listener) => listener.jobsFor(event))
}

async function park(tx: Tx, event: LogEvent, error: unknown, { log }: Dispatching): Promise<void> {
  log.error({ err: error, eventId: event.id, event: event.name }, 'an event was parked; the log goes on without it')
  await parkEvent(tx, TAIL, event, error instanceof Error ? error.message : String(error))
}
