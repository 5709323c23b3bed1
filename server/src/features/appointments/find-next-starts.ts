import type { NextAvailability } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/database/database.ts'
import type { Build } from '../pets/lookup.ts'
import { DAY } from './diary.ts'
import { diaryFor } from './for-pet.ts'
import { FARTHEST, midnightOf, wallText } from './local-time.ts'
import type { Books } from './open-books.ts'
import { type Opening, openings } from './openings.ts'
import { readClock } from './queries/clock.ts'
import { type Asked, readDiaryOf } from './read-diary.ts'
import { askedOf, petOf, type SearchTerms, toSlot } from './search-terms.ts'
import type { Taken } from './taken.ts'
import type { Timetable } from './timetable.ts'
import { wantedStarts } from './wanted-starts.ts'

export interface NextSearch extends SearchTerms {
  /** An instant, or a date by the calendar of each location. */
  readonly from?: string
  readonly count?: number
}

const WITHIN_DAYS = 180
/** Days looked at in one query, then in the next: the next free time is mostly near, and 20 locations' month takes 50 ms. */
const WINDOWS = [3, 8, 21, 30, 30, 30, 30, 31]

/**
 * The next starts that a booking would accept now, over all locations.
 * @throws what its terms throw: 422 for an unknown reference, 401 or 404 for a pet
 */
export async function findNextStarts(
  db: Db,
  books: Books,
  actor: Actor,
  search: NextSearch,
): Promise<NextAvailability> {
  const [now, pet] = await Promise.all([readClock(db), petOf(db, actor, search.pet)])
  return books.read(async (timetable, page) => {
    const asked = askedOf(timetable, actor, search)
    const found = await nextOpenings(page, timetable, asked, search, pet, Math.ceil(now))
    return { service: asked.service.slug, slots: found.map(toSlot) }
  })
}

async function nextOpenings(
  taken: Taken,
  timetable: Timetable,
  asked: Asked,
  search: NextSearch,
  pet: Build | undefined,
  now: number,
): Promise<Opening[]> {
  const { count = 5, pet: petId } = search
  const { earliest, origin, ...first } = beginning(search.from, now)
  const until = Math.min(origin + WITHIN_DAYS * DAY, now + (asked.service.horizonDays + 2) * DAY)
  const isWanted = wantedStarts(search)
  const found: Opening[] = []
  let { midnight } = first
  for (const days of WINDOWS) {
    const diary = diaryFor(await readDiaryOf(taken, timetable, asked, midnight, days), asked.service, pet)
    const date = wallText(midnight).slice(0, 10)
    const fresh = openings(diary, { date, days, petId, isWanted })
    found.push(...fresh.filter(({ startsAt }) => earliest <= startsAt && startsAt < until))
    midnight += days * DAY
    // Where the sun rises first, the days that come next have begun while others are still at those behind.
    const complete = found.filter(({ startsAt }) => startsAt < midnight - FARTHEST)
    if (complete.length >= count || midnight - FARTHEST >= until) break
  }
  return found.sort((a, b) => a.startsAt - b.startsAt || (a.locationId < b.locationId ? -1 : 1)).slice(0, count)
}

/** The first date to look at, the instant that no start is before, and the one from which days are counted. */
function beginning(from: string | undefined, now: number) {
  const dayBefore = (instant: number) => (Math.floor(instant / DAY) - 1) * DAY
  if (from?.length === 10) {
    const midnight = Math.max(midnightOf(from), dayBefore(now))
    return { midnight, earliest: now, origin: Math.max(midnight, now) }
  }
  const earliest = Math.max(now, from === undefined ? now : Temporal.Instant.from(from).epochMilliseconds)
  return { midnight: dayBefore(earliest), earliest, origin: earliest }
}
