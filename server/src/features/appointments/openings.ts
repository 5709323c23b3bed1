import { DAY, type Diary, type Place } from './diary.ts'
import { faultsOfPlace, faultsOfRoster, viewPlace, viewRoster } from './faults.ts'
import { midnightOf, piecesOfWall, wallText } from './local-time.ts'
import { reservedSpan, visitSpan } from './reserved-span.ts'
import { isCovered, merged, spansOf, trackOf } from './spans.ts'

/** A start that can be booked with any of `providerIds`. Instants in epoch milliseconds, without buffers. */
export type Opening = {
  startsAt: number
  endsAt: number
  localStart: string
  locationId: string
  providerIds: string[]
}

/** Some dates, for a pet or none; and which local starts are of interest, 'YYYY-MM-DDTHH:MM:SS'. */
export interface AskedDays {
  readonly date: string
  readonly days: number
  readonly petId?: string | undefined
  readonly isWanted?: ((localStart: string) => boolean) | undefined
}

/**
 * The starts that can be booked on `days` dates from `date` ('YYYY-MM-DD') of each location's own calendar, sorted by
 * start, then location. A local time that happens twice is two starts. Offers a start exactly when `mayStart` finds no
 * reason against it (rule 9).
 */
export function openings(diary: Diary, asked: AskedDays): Opening[] {
  const midnight = midnightOf(asked.date)
  return diary.places
    .flatMap((place) => openingsAt(diary, place, midnight, asked))
    .sort((a, b) => a.startsAt - b.startsAt || (a.locationId < b.locationId ? -1 : 1))
}

function openingsAt(diary: Diary, place: Place, midnight: number, asked: AskedDays): Opening[] {
  const { days, petId, isWanted } = asked
  const { terms } = diary
  const { locationId, timeZone } = place
  const view = viewPlace(diary, place, midnight, days, petId)
  const rosters = diary.rosters
    .filter((roster) => roster.locationId === locationId)
    .map((roster) => viewRoster(diary, roster, view))
  // Three starts in four are at night or on a weekend: they are not worth a look at each provider.
  const hours = trackOf(merged(rosters.flatMap((roster) => spansOf(roster.hours.times))))
  const found: Opening[] = []
  for (const { from, to, offset } of piecesOfWall(timeZone, midnight, midnight + days * DAY)) {
    const firstWall = Math.ceil((from + offset) / view.stepMillis) * view.stepMillis
    for (let wall = firstWall; wall < to + offset; wall += view.stepMillis) {
      const visit = visitSpan(terms, wall - offset)
      if (!isCovered(hours, visit) || (isWanted && !isWanted(wallText(wall)))) continue
      const candidate = { wall, visit, reserved: reservedSpan(terms, visit.from) }
      if (faultsOfPlace(view, candidate) !== 0) continue
      const free = rosters.filter((roster) => faultsOfRoster(roster, candidate) === 0)
      if (free.length === 0) continue
      const providerIds = free.map(({ providerId }) => providerId)
      found.push({ startsAt: visit.from, endsAt: visit.to, localStart: wallText(wall), locationId, providerIds })
    }
  }
  return found
}
