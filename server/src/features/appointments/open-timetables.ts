import { loadTimetable, readTimetableVersion } from './queries/timetable.ts'
import type { Timetable, Timetables } from './timetable.ts'

/** One per process: it keeps the timetable of the latest version it has seen. */
export function openTimetables(): Timetables {
  let kept: Promise<Timetable> | undefined
  return {
    async current(db) {
      const version = await readTimetableVersion(db)
      const known = await kept?.catch(() => undefined)
      if (known && known.version >= version) return known
      kept = loadTimetable(db)
      return kept
    },
  }
}
