import { system } from '../../platform/actor.ts'
import { type Db, transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { dropDuePartition } from './queries/partitions.ts'

/** Drops what has been kept for its time, a partition in a transaction with the event that tells of it. @returns how many */
export async function dropDuePartitions({ db }: { readonly db: Db }): Promise<number> {
  for (let count = 0; ; count++) {
    const dropped = await transact(db, async (tx) => {
      const due = await dropDuePartition(tx)
      if (due) record(tx, system, 'trail.partition-dropped', { payload: due })
      return due
    })
    if (!dropped) return count
  }
}
