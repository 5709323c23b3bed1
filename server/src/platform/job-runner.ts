import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type CronItem,
  Logger,
  parseCronItems,
  type Runner,
  run,
  runOnce,
  type WorkerEvents,
  type WorkerPool,
} from 'graphile-worker'
import pg from 'pg'
import type { Logger as Log } from 'pino'
import type { Job } from './jobs.ts'
import { releaseOrphans, showLife } from './orphaned-jobs.ts'

const CONCURRENCY = 5
const STOP_MS = 5_000
const RESTART_MS = 2_000
const ORPHANS_MS = 10_000

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
  const ended = keepRunning(running, stopping.signal)
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await ended
    },
  }
}

/** Runs every job that is due now, and those that they add. */
export async function runDueJobs<Context>(running: Running<Context>): Promise<void> {
  await using connections = openPool(running)
  await runOnce(optionsOf(running, connections.pool))
}

/** The runner gives up after long trouble with the database; a new one begins with new connections. */
async function keepRunning<Context>(running: Running<Context>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await using connections = openPool(running)
      await runUntil(signal, running, connections.pool)
    } catch (error) {
      running.log.error({ err: error }, 'jobs stopped running; starting again')
      await sleep(RESTART_MS, undefined, { signal }).catch(() => {})
    }
  }
}

async function runUntil<Context>(signal: AbortSignal, running: Running<Context>, pool: pg.Pool): Promise<void> {
  const { log, crontab } = running
  const events: WorkerEvents = new EventEmitter()
  const workers: WorkerPool[] = []
  const ending = new AbortController()
  const living: Promise<void>[] = []
  events.on('pool:create', ({ workerPool }) => {
    workers.push(workerPool)
    living.push(showLife(pool, workerPool.id, ending.signal))
  })
  const sweep = () => {
    releaseOrphans(pool).catch((error) => log.warn({ err: error }, 'jobs of dead workers cannot be looked for'))
  }
  sweep()
  const sweeping = setInterval(sweep, ORPHANS_MS)
  try {
    const runner = await run({ ...optionsOf(running, pool), events, parsedCronItems: parseCronItems([...crontab]) })
    await Promise.race([runner.promise, aborted(signal)])
    if (!signal.aborted) throw new Error('The job runner ended by itself')
    await stopRunner(runner, workers)
  } finally {
    clearInterval(sweeping)
    ending.abort()
    await Promise.all(living)
  }
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

function optionsOf<Context>({ jobs, context, log }: Running<Context>, pgPool: pg.Pool) {
  return {
    pgPool,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: loggerOf(log),
    taskList: Object.fromEntries(
      jobs.map((job) => [job.name, (payload: unknown) => job.run(context, payload as never)]),
    ),
    // With a delay, even of 0, completing a job is retried; without one its failure would be an unhandled rejection.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  }
}

/** Connections of its own: the library does not expect pipelined ones. */
function openPool({ databaseUrl, log }: Pick<Running<never>, 'databaseUrl' | 'log'>) {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONCURRENCY + 2,
    connectionTimeoutMillis: 5_000,
    options: '-c role=petra_app -c TimeZone=UTC -c statement_timeout=15s',
  })
  const onError = (error: Error) => log.warn({ err: error }, 'a database connection of the worker was lost')
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return { pool, [Symbol.asyncDispose]: () => pool.end() }
}

function loggerOf(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
  return new Logger((scope) => (level, message) => log[levels[level]]({ ...scope }, message))
}
