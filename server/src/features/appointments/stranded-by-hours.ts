import type { Tx } from '../../platform/database/database.ts'
import { MINUTE } from './diary.ts'
import { mayStart } from './may-start.ts'
import type { StandingVisit } from './queries/standing-visits.ts'
import { loadTimetable } from './queries/timetable.ts'
import type { Timetable } from './timetable.ts'

/** Makes a change of working hours. @returns those of the visits that lay within hours before it, and do not after */
export async function strandedByHours(
  tx: Tx,
  visits: readonly StandingVisit[],
  change: () => Promise<unknown>,
): Promise<StandingVisit[]> {
  const before = visits.length > 0 && (await loadTimetable(tx))
  await change()
  if (!before) return []
  const after = await loadTimetable(tx)
  return visits.filter((visit) => isWithinHours(before, visit) && !isWithinHours(after, visit))
}

function isWithinHours({ services, places, providers }: Timetable, visit: StandingVisit): boolean {
  const { serviceId, locationId, providerId } = visit
  const service = services.get(serviceId)
  const place = places.get(locationId)
  if (!service || !place) return false
  const startsAt = Date.parse(visit.startsAt)
  // As long as it was booked for, whatever the service takes today.
  const terms = { ...service, durationMinutes: (Date.parse(visit.endsAt) - startsAt) / MINUTE }
  const rosters = providers.get(providerId)?.rosters ?? []
  const diary = { now: startsAt, terms, places: [place], rosters, busy: new Map() }
  return !mayStart(diary, { startsAt, locationId, providerId }).includes('outside-hours')
}
