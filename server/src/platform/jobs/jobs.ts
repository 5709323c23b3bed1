import type { EventName } from '@petra/contract'
import type { Tx } from '../database/database.ts'
import type { LogEvent } from '../events/log-tail.ts'

/** Work that runs apart from any request, retried with backoff until it succeeds. It may run twice: it has to be idempotent. */
export interface Job<Context, Payload = never> {
  /** `feature.verb` */
  readonly name: string
  /** `outward`: it waits for servers of others. Such jobs run many at a time, apart from all others, and hold none of them up. */
  readonly lane?: 'outward'
  /** `stopping` tells when the process is about to end; a job that takes long heeds it. */
  run(context: Context, payload: Payload, stopping: AbortSignal): Promise<void>
}

/** A job to be: the one with its key that has not started yet is replaced. Payloads hold ids and instants, never what is sealed. */
export interface NewJob {
  readonly key: string
  readonly name: string
  readonly payload: Readonly<Record<string, string | number | null>>
  /** An instant; without it, now. */
  readonly runAt?: string
  /** Jobs of one queue run one after the other. */
  readonly queue?: string
}

/** Takes back the job with this key, unless it has started. */
export interface RemovedJob {
  readonly key: string
  readonly remove: true
}

export type JobSpec = NewJob | RemovedJob

/** What follows from an event: pure, so that reading the log again gives the same jobs. */
export interface Listener {
  readonly events: readonly EventName[]
  jobsFor(event: LogEvent): JobSpec[]
}

/** A listener that writes for a whole batch of its events, in the transaction that dispatches them; once more, the same. */
export interface BatchListener {
  readonly events: readonly EventName[]
  jobsForAll(tx: Tx, events: readonly LogEvent[]): Promise<JobSpec[]>
}

/** Adds, replaces and removes jobs in the caller's transaction; of two specs with one key the later wins. */
export async function enqueue(tx: Tx, specs: readonly JobSpec[]): Promise<void> {
  const folded = [...new Map(specs.map((spec) => [spec.key, spec])).values()]
  const added = folded.filter((spec) => !('remove' in spec))
  const removed = folded.filter((spec) => 'remove' in spec).map(({ key }) => key)
  await Promise.all([
    added.length > 0 && tx.rows({ name: 'add-jobs', text: addJobs, values: [JSON.stringify(added)] }),
    removed.length > 0 && tx.rows({ name: 'remove-jobs', text: removeJobs, values: [removed] }),
  ])
}

// One key twice in one call would fail (21000); a spec whose job has started becomes a job of its own.
const addJobs = `
  select count(*) from graphile_worker.add_jobs(array(
    select (name, payload, queue, "runAt", null, key, null, null)::graphile_worker.job_spec
      from json_to_recordset($1::json) as spec (name text, payload json, queue text, "runAt" timestamptz, key text)))`

const removeJobs = `select count(graphile_worker.remove_job(key)) from unnest($1::text[]) as key`
