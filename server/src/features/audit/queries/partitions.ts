import sql from 'sql-template-tag'
import type { Queryable } from '../../../platform/database.ts'

/** Makes the log's partitions of this month and the next, where they are missing. */
export async function makePartitions(db: Queryable): Promise<void> {
  await db.rows(sql`select make_event_partitions()`)
}
