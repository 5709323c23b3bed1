import type { ParkedJob } from '@petra/contract'
import type { Queryable, Tx } from '../database/database.ts'

/** A job that failed at its last try. One without a key has been replaced by another while it ran: nobody misses it. */
const isParked = 'key is not null and attempts >= max_attempts and locked_at is null'

/** Jobs that were given up and events that were laid aside, the newest first, those before `before`. */
export function listParked(
  db: Queryable,
  before: readonly [parkedAt: string, id: string] | null,
  limit: number,
): Promise<ParkedJob[]> {
  return db.rows({
    name: 'list-parked',
    text: `with parked as (
             select j.id::text as id, 'job' as kind, t.identifier as name, j.attempts::int as attempts, j.last_error as fault,
                    j.updated_at as "parkedAt"
               from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
              where ${isParked}
             union all
             select p.event_id::text, 'event', e.name, 1, p.reason, p.parked_at
               from parked_events p join events e on e.id = p.event_id
              where p.retried_at is null)
           select id, kind, name, attempts, fault, "parkedAt" from parked
            where $1::timestamptz is null or ("parkedAt", id) < ($1, $2)
            order by "parkedAt" desc, id desc
            limit $3`,
    values: [before?.[0] ?? null, before?.[1] ?? null, limit],
  })
}

/** Makes a job that was given up due now, with every try before it. @returns its name, or undefined when there is none such */
export async function retryParkedJob(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.row<{ name: string }>({
    name: 'retry-parked-job',
    text: `with retried as (
             update graphile_worker._private_jobs set attempts = 0, run_at = now(), last_error = null, updated_at = now()
              where id = $1 and ${isParked}
             returning task_id)
           select identifier as name from retried join graphile_worker._private_tasks t on t.id = retried.task_id`,
    values: [id],
  })
  return row?.name
}

/** Has a parked event dispatched again with the next batch. @returns its name, or undefined when there is none such */
export async function retryParkedEvent(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.row<{ name: string }>({
    name: 'retry-parked-event',
    text: `with retried as (
             update parked_events set retried_at = clock_now() where event_id = $1 and retried_at is null returning event_id)
           select e.name from retried join events e on e.id = retried.event_id limit 1`,
    values: [id],
  })
  return row?.name
}

/** How many jobs are due and not begun, how many seconds the oldest of them is late, and how much is parked. */
export async function jobCounts(db: Queryable): Promise<{ due: number; oldestSeconds: number; parked: number }> {
  const row = await db.row<{ due: number; oldestSeconds: number; parked: number }>({
    name: 'job-counts',
    text: `select count(*)::int as due, coalesce(extract(epoch from now() - min(run_at)), 0)::float8 as "oldestSeconds",
                  (select count(*)::int from graphile_worker._private_jobs where ${isParked})
                    + (select count(*)::int from parked_events where retried_at is null) as parked
             from graphile_worker._private_jobs
            where is_available and run_at <= now()`,
    values: [],
  })
  return row as NonNullable<typeof row>
}

/** The keys of these that a job has. */
export async function keysInUse(db: Queryable, keys: readonly string[]): Promise<Set<string>> {
  const rows = await db.rows<{ key: string }>({
    name: 'job-keys-in-use',
    text: 'select key from graphile_worker._private_jobs where key = any($1)',
    values: [keys],
  })
  return new Set(rows.map(({ key }) => key))
}

/** Removes jobs that were replaced while they ran, and then failed. */
export async function sweepReplacedJobs(db: Queryable): Promise<void> {
  await db.rows({
    text: `delete from graphile_worker._private_jobs
            where key is null and attempts >= max_attempts and locked_at is null and updated_at < now() - interval '1 hour'`,
    values: [],
  })
}

/**
 * Adds up to a quarter to the pause of a job that is about to be put back: the library adds its own, e to the power of the
 * tries in seconds, to the time that the job is due.
 */
export const addJitter = `
  update graphile_worker._private_jobs
     set run_at = now() + random() / 4 * exp(least(attempts, 10)) * interval '1 second'
   where id = $1`
