import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type Db, openDatabase, type Queryable, type Tx, transact } from '../database/database.ts'
import { codeOf } from '../database/sql-state.ts'
import { faultOf } from '../fault.ts'
import { keysInUse } from '../jobs/job-rows.ts'
import { type BatchListener, enqueue, type JobSpec, type Listener, type NewJob } from '../jobs/jobs.ts'
import { claimTail, cursorOf, type LogEvent, moveCursor, parkEvent, readAnnounced, tailLag } from './log-tail.ts'
import { takeRetried } from './parked-events.ts'

const TAIL = 'dispatcher'
const POLL_MS = 200
const LONGEST_WAIT_MS = 10_000
const BATCH = 500
/** After which the server ends the transaction of a dispatcher that hangs, so that another takes over. */
const MOST_SECONDS = 7
/** After which a dispatcher gives up a connection that does not answer, and makes another. */
const MOST_SILENT_MS = 5_000
/** How far behind the log may be before operators are told. */
export const MOST_LAG_SECONDS = 60

/** The errors that one event can bring about by itself: wrong values, broken constraints, raised exceptions, sizes past a limit. */
const OF_THE_EVENT = /^(2[23]|54|P0)/

export interface Dispatching {
  readonly db: Db
  readonly listeners: readonly (Listener | BatchListener)[]
  readonly log: Logger
}

/**
 * Follows the event log, and turns what is announced into its listeners' jobs. Any number of processes may: one at a time does.
 * It has a connection of its own: it neither waits for others to let go of one, nor tries one after the other when all were cut.
 * @throws StartupError when the log was read in another cluster
 */
export async function openDispatcher(
  dispatching: Dispatching & { readonly config: { readonly databaseUrl: string } },
): Promise<AsyncDisposable> {
  const { config, db: shared, log } = dispatching
  await cursorOf(shared, TAIL)
  const onLost = (error: Error) => log.warn({ err: error }, 'the connection of the dispatcher was lost')
  const db = openDatabase(config.databaseUrl, 1, onLost, shared.marks, MOST_SILENT_MS)
  const stopping = new AbortController()
  const following = follow({ ...dispatching, db }, stopping.signal)
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await following
      await db[Symbol.asyncDispose]()
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
    if (!mayBeOfOneEvent(error)) throw error
    return dispatchBatch(dispatching, dispatchOneByOne)
  }
}

/** Seconds since the oldest announced event that has not been dispatched; 0 when there is none. */
export function logLag(db: Queryable): Promise<number> {
  return tailLag(db, TAIL, 'announced')
}

type Work = (tx: Tx, batch: Batch, dispatching: Dispatching) => Promise<void>

/** Events in the order of the log; those that are tried again come first. */
interface Batch {
  readonly retried: readonly LogEvent[]
  readonly fresh: readonly LogEvent[]
}

function dispatchBatch(dispatching: Dispatching, work: Work): Promise<number> {
  return transact(dispatching.db, async (tx) => {
    const [cursor] = await Promise.all([claimTail(tx, TAIL), endWhenItHangs(tx)])
    if (!cursor) return 0
    const [retried, fresh] = await Promise.all([takeRetried(tx, TAIL), readAnnounced(tx, cursor, BATCH)])
    if (retried.length + fresh.length > 0) await work(tx, { retried, fresh }, dispatching)
    const last = fresh.at(-1)
    if (last) await moveCursor(tx, TAIL, last)
    return retried.length + fresh.length
  })
}

/** A timeout that runs already is not shortened, only ended and set anew. */
async function endWhenItHangs(tx: Tx): Promise<void> {
  await tx.rows({
    name: 'end-when-it-hangs',
    text: `select set_config('transaction_timeout', '0', true), set_config('transaction_timeout', $1, true)`,
    values: [`${MOST_SECONDS}s`],
  })
}

async function dispatchTogether(tx: Tx, { retried, fresh }: Batch, dispatching: Dispatching): Promise<void> {
  const again = await specsOfAll(tx, retried, dispatching)
  const specs = await specsOfAll(tx, fresh, dispatching)
  await enqueue(tx, [...(await unlessKnown(tx, again)), ...specs])
}

async function specsOfAll(tx: Tx, events: readonly LogEvent[], dispatching: Dispatching): Promise<JobSpec[]> {
  const sound: LogEvent[] = []
  const specs: JobSpec[] = []
  for (const event of events) {
    try {
      specs.push(...specsOf(event, dispatching))
      sound.push(event)
    } catch (error) {
      await park(tx, event, error, dispatching)
    }
  }
  return [...specs, ...(await batchSpecsOf(tx, sound, dispatching))]
}

/** What a batch that failed as a whole comes to: only the event that fails by itself is laid aside. */
async function dispatchOneByOne(tx: Tx, { retried, fresh }: Batch, dispatching: Dispatching): Promise<void> {
  for (const event of [...retried, ...fresh]) {
    await tx.rows({ text: 'savepoint before_event', values: [] })
    try {
      const specs = [...specsOf(event, dispatching), ...(await batchSpecsOf(tx, [event], dispatching))]
      await enqueue(tx, retried.includes(event) ? await unlessKnown(tx, specs) : specs)
    } catch (error) {
      if (!mayBeOfOneEvent(error)) throw error
      await tx.rows({ text: 'rollback to savepoint before_event', values: [] })
      await park(tx, event, error, dispatching)
    }
    await tx.rows({ text: 'release savepoint before_event', values: [] })
  }
}

/** What is no error of the database is a listener's; or a lost connection, on which nothing can be parked. */
function mayBeOfOneEvent(error: unknown): boolean {
  const code = codeOf(error)
  return code === '' || OF_THE_EVENT.test(code)
}

/** What is old news by now must not replace what came after it, nor take it back. */
async function unlessKnown(tx: Tx, specs: readonly JobSpec[]): Promise<NewJob[]> {
  const added = specs.filter((spec): spec is NewJob => !('remove' in spec))
  if (added.length === 0) return []
  const known = await keysInUse(
    tx,
    added.map(({ key }) => key),
  )
  return added.filter(({ key }) => !known.has(key))
}

function specsOf(event: LogEvent, { listeners }: Dispatching): JobSpec[] {
  return listeners
    .filter((listener) => 'jobsFor' in listener)
    .filter(({ events }) => events.includes(event.name))
    .flatMap((listener) => listener.jobsFor(event))
}

async function batchSpecsOf(tx: Tx, all: readonly LogEvent[], { listeners }: Dispatching): Promise<JobSpec[]> {
  const batches = listeners
    .filter((listener) => 'jobsForAll' in listener)
    .map((listener) => ({ listener, events: all.filter(({ name }) => listener.events.includes(name)) }))
    .filter(({ events }) => events.length > 0)
  return (await Promise.all(batches.map(({ listener, events }) => listener.jobsForAll(tx, events)))).flat()
}

async function park(tx: Tx, event: LogEvent, error: unknown, { log }: Dispatching): Promise<void> {
  log.error({ err: error, eventId: event.id, event: event.name }, 'an event was parked; the log goes on without it')
  await parkEvent(tx, TAIL, event, faultOf(error))
}
