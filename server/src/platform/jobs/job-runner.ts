import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type CronItem,
  type JobHelpers,
  Logger,
  parseCronItems,
  type Runner,
  run,
  runOnce,
  type WorkerEvents,
  type WorkerPool,
} from 'graphile-worker'
import type pg from 'pg'
import type { Logger as Log } from 'pino'
import { cut, endWhenSilent } from '../database/end-when-silent.ts'
import { faultOf } from '../fault.ts'
import { addJitter } from './job-rows.ts'
import type { Job } from './jobs.ts'
import { OnceReleasedPool } from './once-released-pool.ts'
import { releaseJobsOf, releaseOrphans, showLife } from './orphaned-jobs.ts'

const STOP_MS = 5_000
const RESTART_MS = 2_000
const ORPHANS_MS = 10_000
/** After which jobs that were fetched and found no place are left to other workers. */
const FETCHED_MS = 5_000
/** Longer than the server lets a statement run: who is silent for so long is not there any more. */
const MOST_SILENT_MS = 8_000
/** Both sides ask a silent one whether it is there: the server in time for its jobs to go on, and its worker sooner. */
const KEEPALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 5_000 }
const SETTINGS =
  '-c role=petra_app -c TimeZone=UTC -c statement_timeout=5s -c synchronous_commit=off ' +
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'
/** Beside those that work: one listens for new jobs, one shows that the worker lives. */
const IDLE_CONNECTIONS = 2

interface Lane {
  readonly atOnce: number
  readonly connections: number
  /** How many jobs are fetched at a time: one statement each cost more than most jobs do. */
  readonly fetch: number
}

/** Jobs that wait for servers of others are many at a time and keep no connection meanwhile. */
const lanes: Record<'inward' | 'outward', Lane> = {
  inward: { atOnce: 8, connections: 4 + IDLE_CONNECTIONS, fetch: 24 },
  outward: { atOnce: 64, connections: 2 + IDLE_CONNECTIONS, fetch: 64 },
}

export interface Running<Context> {
  readonly databaseUrl: string
  readonly log: Log
  readonly context: Context
  readonly jobs: readonly Job<Context>[]
  readonly crontab: readonly CronItem[]
}

/**
 * Runs jobs that are due, and the crontab's. Disposing waits 5 s for those under way, and gives the others back to be
 * tried again. Jobs of a process that died are taken over within 20 s.
 */
export function openJobRunner<Context>(running: Running<Context>): AsyncDisposable {
  const stopping = new AbortController()
  const inward = { ...running, jobs: running.jobs.filter(({ lane }) => lane === undefined) }
  const outward = { ...running, jobs: running.jobs.filter(({ lane }) => lane === 'outward'), crontab: [] }
  const ended = Promise.all([
    keepRunning(inward, lanes.inward, stopping.signal),
    outward.jobs.length > 0 && keepRunning(outward, lanes.outward, stopping.signal),
  ])
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await ended
    },
  }
}

/** Runs every job that is due now, and those that they add. */
export async function runDueJobs<Context>(running: Running<Context>): Promise<void> {
  await using connections = openPool(running, lanes.inward, () => {})
  await runOnce(optionsOf(running, lanes.inward, connections.pool, new AbortController().signal))
}

/**
 * The runner gives up after long trouble with the database; a new one begins with new connections. So it does when one was lost:
 * jobs may have been given to it that never arrived, and while it seems to live nobody takes them back.
 */
async function keepRunning<Context>(running: Running<Context>, lane: Lane, signal: AbortSignal): Promise<void> {
  let past: string[] = []
  while (!signal.aborted) {
    const lost = new AbortController()
    try {
      await using connections = openPool(running, lane, () => lost.abort(new Error('A connection was lost')))
      const { pool } = connections
      await releaseJobsOf(pool, past)
      past = []
      await runUntil(AbortSignal.any([signal, lost.signal]), running, lane, pool, past)
      lost.signal.throwIfAborted()
    } catch (error) {
      running.log.error({ err: error }, 'jobs stopped running; starting again')
      await sleep(RESTART_MS, undefined, { signal }).catch(() => {})
    }
  }
}

/** @param ids is told of the runner's names, under which it holds jobs */
async function runUntil<Context>(
  signal: AbortSignal,
  running: Running<Context>,
  lane: Lane,
  pool: pg.Pool,
  ids: string[],
): Promise<void> {
  const { log, crontab } = running
  const events: WorkerEvents = new EventEmitter()
  const workers: WorkerPool[] = []
  const ending = new AbortController()
  const living: Promise<void>[] = []
  events.on('pool:create', ({ workerPool }) => {
    workers.push(workerPool)
    ids.push(workerPool.id)
    living.push(showLife(pool, workerPool.id, ending.signal))
  })
  const sweep = () => {
    releaseOrphans(pool).catch((error) => log.warn({ err: error }, 'jobs of dead workers cannot be looked for'))
  }
  sweep()
  const sweeping = setInterval(sweep, ORPHANS_MS)
  try {
    const parsedCronItems = parseCronItems(crontab.map(replacingItself))
    const runner = await run({ ...optionsOf(running, lane, pool, signal), events, parsedCronItems })
    await Promise.race([runner.promise, aborted(signal)])
    if (!signal.aborted) throw new Error('The job runner ended by itself')
    await stopRunner(runner, workers)
  } finally {
    clearInterval(sweeping)
    ending.abort()
    await Promise.all(living)
  }
}

/** One that failed and waits to be tried again is replaced when its time comes round: its like never pile up. */
function replacingItself(item: CronItem): CronItem {
  return { ...item, options: { ...item.options, jobKey: item.task } }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}

/** `runner.kill()` forces nothing once a stop is under way (graphile-worker 0.18.0), so the pool is told itself. */
async function stopRunner(runner: Runner, workers: readonly WorkerPool[]): Promise<void> {
  const force = async () => {
    for (const pool of workers) await pool.forcefulShutdown('The worker stopped before the job was done')
  }
  const late = setTimeout(() => force().catch(() => {}), STOP_MS)
  await runner.stop().catch(() => {})
  clearTimeout(late)
}

function optionsOf<Context>(
  running: Running<Context>,
  { atOnce, fetch }: Lane,
  pgPool: pg.Pool,
  stopping: AbortSignal,
) {
  return {
    pgPool,
    concurrency: atOnce,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: loggerOf(running.log),
    taskList: Object.fromEntries(running.jobs.map((job) => [job.name, taskOf(job, running, stopping)])),
    // With a delay, completing a job is retried; without one its failure would be an unhandled rejection.
    preset: {
      worker: { completeJobBatchDelay: 10, failJobBatchDelay: 0, localQueue: { size: fetch, ttl: FETCHED_MS } },
    },
  }
}

/** What the library keeps of an error, and we show, must not be its text. */
function taskOf<Context>(job: Job<Context>, { context, log }: Running<Context>, stopping: AbortSignal) {
  return async (payload: unknown, { job: row, withPgClient }: JobHelpers): Promise<void> => {
    try {
      await job.run(context, payload as never, stopping)
    } catch (error) {
      const isLast = row.attempts >= row.max_attempts
      const message = isLast ? 'a job was given up after its last try' : 'a job failed and will be tried again'
      log[isLast ? 'error' : 'warn']({ err: error, job: job.name, jobId: row.id, attempt: row.attempts }, message)
      await withPgClient((client) => client.query(addJitter, [row.id])).catch(() => {})
      throw new Error(faultOf(error))
    }
  }
}

/**
 * Connections of its own: the library does not expect pipelined ones. Its commits wait for no disk: what a crash of the database
 * takes back is that a job was fetched or done, so that it is done once more, which every job can bear.
 */
function openPool(
  { databaseUrl, log }: Pick<Running<never>, 'databaseUrl' | 'log'>,
  { connections }: Lane,
  onLost: () => void,
) {
  const pool = new OnceReleasedPool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: 5_000,
    options: SETTINGS,
    ...KEEPALIVE,
  })
  const clients = new Set<pg.PoolClient>()
  const onError = (error: Error) => {
    log.warn({ err: error }, 'a database connection of the worker was lost')
    onLost()
    for (const client of clients) cut(client)
  }
  pool.on('error', onError)
  pool.on('connect', (client) => {
    clients.add(client)
    client.on('error', onError).on('end', () => clients.delete(client))
    endWhenSilent(client, MOST_SILENT_MS)
  })
  return { pool, [Symbol.asyncDispose]: () => pool.end() }
}

function loggerOf(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
  return new Logger((scope) => (level, message) => {
    // Fewer connections than jobs is what the lanes are for.
    if (!message.startsWith('WARNING: having maxPoolSize')) log[levels[level]]({ ...scope }, message)
  })
}
