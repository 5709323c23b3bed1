import type { Queryable } from '../../platform/database/database.ts'
import { DAY, MINUTE } from './diary.ts'
import { diaryFor } from './for-pet.ts'
import { midnightOf, wallText } from './local-time.ts'
import { type Opening, openings } from './openings.ts'
import type { StandingVisit } from './queries/standing-visits.ts'
import { readDiaryOf } from './read-diary.ts'
import type { Timetable } from './timetable.ts'

/**
 * The free times a visit could be moved to at its location, nearest first: its pet is not elsewhere then, its own time
 * counts as free, and a change of the provider alone needs no lead time.
 * @param daysAround 0 for its own day by the location's calendar
 */
export async function nearestTimes(
  db: Queryable,
  timetable: Timetable,
  visit: StandingVisit,
  daysAround: number,
): Promise<Opening[]> {
  const service = timetable.services.get(visit.serviceId)
  if (!service) return []
  const { locationId, petId } = visit
  const midnight = midnightOf(visit.localStart.slice(0, 10)) - daysAround * DAY
  const days = 2 * daysAround + 1
  const asked = { service: { ...service, leadMinutes: 0 }, locationId, petId, ignoring: visit.id }
  const diary = diaryFor(await readDiaryOf(db, timetable, asked, midnight, days), service, visit)
  const oldStart = Date.parse(visit.startsAt)
  const earliest = diary.now + service.leadMinutes * MINUTE
  return openings(diary, { date: wallText(midnight).slice(0, 10), days, petId })
    .filter(({ startsAt }) => startsAt === oldStart || startsAt >= earliest)
    .toSorted((a, b) => Math.abs(a.startsAt - oldStart) - Math.abs(b.startsAt - oldStart))
}
