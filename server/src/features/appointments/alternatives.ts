import type { Alternative, Booking } from '@petra/contract'
import type { Db } from '../../platform/database.ts'
import { askedTime, instantText } from './asked-time.ts'
import { DAY } from './diary.ts'
import { openings } from './openings.ts'
import { readDiary } from './read-diary.ts'
import type { Timetables } from './timetable.ts'

const MOST = 3
const DAYS_AROUND = 7
/** Losers of one race ask within milliseconds of each other, and get one answer. */
const SHARED_MS = 1_000

export type Alternatives = (asked: Pick<Booking, 'service' | 'startsAt' | 'locationId' | 'providerId'>) => Promise<Alternative[]>

/** The free times nearest to one that was taken, looked up once for everybody who lost it. */
export function openAlternatives(db: Db, timetables: Timetables): Alternatives {
  let shared = new Map<string, Promise<Alternative[]>>()
  let startedAt = 0
  return (asked) => {
    const now = performance.now()
    if (now - startedAt > SHARED_MS) {
      shared = new Map()
      startedAt = now
    }
    const key = JSON.stringify([asked.service, asked.startsAt, asked.locationId, asked.providerId])
    let found = shared.get(key)
    if (!found) shared.set(key, (found = nearest(db, timetables, asked)))
    return found
  }
}

async function nearest(db: Db, timetables: Timetables, asked: Parameters<Alternatives>[0]): Promise<Alternative[]> {
  const timetable = await timetables.current(db)
  const service = timetable.services.get(asked.service)
  const { locationId, providerId } = asked
  const [home] = (providerId === undefined ? undefined : timetable.providers.get(providerId))?.rosters ?? []
  const timeZone = timetable.places.get(locationId ?? home?.locationId ?? '')?.timeZone
  if (!service) return []
  const startsAt = askedTime(asked.startsAt, timeZone)
  const midnight = (Math.floor(startsAt / DAY) - 1) * DAY
  const diary = await readDiary(db, timetable, { service, midnight, days: DAYS_AROUND + 2, locationId, providerId })
  return openings(diary, { date: instantText(midnight).slice(0, 10), days: DAYS_AROUND + 2 })
    .toSorted((a, b) => Math.abs(a.startsAt - startsAt) - Math.abs(b.startsAt - startsAt))
    .slice(0, MOST)
    .map((opening) => ({
      startsAt: instantText(opening.startsAt),
      endsAt: instantText(opening.endsAt),
      locationId: opening.locationId,
      providerIds: opening.providerIds,
    }))
}
