import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** Makes the log's partitions of this month and the next, where they are missing. */
export async function makePartitions(db: Queryable): Promise<void> {
  await db.rows(sql`select make_event_partitions()`)
}

/** Drops the oldest partition that is past its time and anchored. @returns which it was; undefined when none is */
export function dropDuePartition(tx: Tx): Promise<{ kind: string; until: string } | undefined> {
  return tx.row(sql`select dropped_kind as kind, until from drop_due_event_partition()`)
}
