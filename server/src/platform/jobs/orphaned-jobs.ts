import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

const RECONNECT_MS = 500

/** Shows until `signal` that a worker lives, by a lock that one connection holds: the server drops it when the process dies. */
export async function showLife(pool: pg.Pool, workerId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await holdLock(pool, workerId, signal)
    } catch {
      // The pool tells of lost connections; without one, jobs are left alone for ten seconds.
      await sleep(RECONNECT_MS, undefined, { signal }).catch(() => {})
    }
  }
}

async function holdLock(pool: pg.Pool, workerId: string, signal: AbortSignal): Promise<void> {
  const client = await pool.connect()
  try {
    const ended = once(client, 'end', { signal }).catch(() => {})
    // Shared: the server may not have noticed yet that the connection before this one was lost.
    await client.query(`select pg_advisory_lock_shared(hashtext('petra worker'), hashtext($1))`, [workerId])
    await ended
  } finally {
    client.release(true)
  }
}

/** Gives back the jobs of workers that no longer live. Ten seconds leave a worker that lost its connection time for a new one. */
export async function releaseOrphans(pool: pg.Pool): Promise<void> {
  await pool.query(`
    select graphile_worker.force_unlock_workers(array_agg(distinct j.locked_by))
      from graphile_worker.jobs j
     where j.locked_at < now() - interval '10 seconds'
       and not exists (
         select from pg_locks l
          where l.locktype = 'advisory' and l.objsubid = 2 and l.granted
            and l.database = (select oid from pg_database where datname = current_database())
            and l.classid::bigint = hashtext('petra worker')::bigint & 4294967295
            and l.objid::bigint = hashtext(j.locked_by)::bigint & 4294967295)
    having count(*) > 0`)
}

/** Gives back the jobs of workers that are known to have ended. */
export async function releaseJobsOf(pool: pg.Pool, workerIds: readonly string[]): Promise<void> {
  if (workerIds.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1)', [workerIds])
}
