import type pg from 'pg'

/**
 * Shows that a worker lives for as long as this connection of its does. Shared, so that a worker whose connection was
 * lost need not wait for the server to notice.
 */
export async function markAlive(connection: pg.ClientBase, workerId: string): Promise<void> {
  await connection.query(`select pg_advisory_lock_shared(hashtext('petra worker'), hashtext($1))`, [workerId])
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
