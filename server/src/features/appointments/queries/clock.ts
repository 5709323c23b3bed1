import type { Queryable } from '../../../platform/database/database.ts'

/** What the database's clock shows, in epoch milliseconds. */
export async function readClock(db: Queryable): Promise<number> {
  const row = await db.row<{ now: number }>({
    name: 'read-clock',
    text: `select date_part('epoch', clock_now()) * 1000 as now`,
    values: [],
  })
  return Number(row?.now)
}
