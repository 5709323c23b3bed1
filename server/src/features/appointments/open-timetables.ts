import type { Queryable } from '../../platform/database.ts'
import { loadTimetable, readTimetableVersion } from './queries/timetable.ts'
import type { Timetable, Timetables } from './timetable.ts'

/** One per process: it keeps the timetable of the latest version it has seen. */
export function openTimetables(): Timetables {
  let kept: Timetable | undefined
  let loading: Promise<Timetable> | undefined

  async function newerThan(db: Queryable, version: number): Promise<Timetable> {
    if (kept && kept.version >= version) return kept
    loading ??= loadTimetable(db).finally(() => {
      loading = undefined
    })
    kept = await loading
    return kept.version >= version ? kept : newerThan(db, version)
  }

  const current = async (db: Queryable) => newerThan(db, await readTimetableVersion(db))

  return {
    current,
    async readBy(db, read) {
      if (!kept) return read(await current(db))
      const before = kept
      const [version, [result]] = await Promise.all([readTimetableVersion(db), Promise.allSettled([read(before)])])
      if (version > before.version) return read(await newerThan(db, version))
      if (result.status === 'rejected') throw result.reason
      return result.value
    },
  }
}
