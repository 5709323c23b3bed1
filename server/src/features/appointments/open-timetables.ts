import type { Queryable } from '../../platform/database/database.ts'
import { loadTimetable, readTimetableVersion } from './queries/timetable.ts'
import type { Timetable, Timetables } from './timetable.ts'

/**
 * One per process: it keeps the timetable of the latest version it has seen. Whoever needs a newer one at the same moment shares its
 * loading with those who read by the same connections, transactions among themselves: one that holds the schedule must not wait for a
 * load that waits for a connection, while all connections wait for the schedule.
 */
export function openTimetables(): Timetables {
  let kept: Timetable | undefined
  const loading = new Map<Queryable | 'transaction', Promise<Timetable>>()

  async function newerThan(db: Queryable, version: number): Promise<Timetable> {
    if (kept && kept.version >= version) return kept
    const who = 'land' in db ? 'transaction' : db
    const load = loading.get(who) ?? loadTimetable(db).finally(() => loading.delete(who))
    loading.set(who, load)
    const loaded = await load
    if (!kept || kept.version < loaded.version) kept = loaded
    return newerThan(db, version)
  }

  const current = async (db: Queryable) => newerThan(db, await readTimetableVersion(db))

  return {
    current,
    latest: () => kept,
    atLeast: newerThan,
  }
}
