import type { Queryable } from '../../../platform/database/database.ts'

const BATCH = 5_000

/**
 * Removes reservations that ended over a week ago: no search looks back, and no change reaches further than that. It reads the
 * whole table, 20 ms for 200,000 rows; an index on the end would cost every booking more than that saves in a day.
 */
export async function sweepPastReservations(db: Queryable): Promise<void> {
  for (;;) {
    const swept = await db.rows({
      text: `delete from reservations
              where ctid = any(array(select ctid from reservations
                                      where upper(during) < (select clock_now() - interval '7 days')
                                      limit $1))
             returning 1`,
      values: [BATCH],
    })
    if (swept.length < BATCH) return
  }
}

/** Forgets what was given back over an hour ago; whoever has not heard of it by then begins anew. */
export async function sweepFreedReservations(db: Queryable): Promise<void> {
  await db.rows({
    text: `with swept as (
             delete from freed_reservations where freed_at < clock_now() - interval '1 hour' returning xid)
           update swept_freed_reservations
              set xid = greatest(xid, (select max(xid) from swept))`,
    values: [],
  })
}
