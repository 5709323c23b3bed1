import type { Alternative, Booking } from '@petra/contract'
import type { Db } from '../../platform/database.ts'
import { askedTime, instantText } from './asked-time.ts'
import { DAY } from './diary.ts'
import { type Opening, openings } from './openings.ts'
import { readVisitTimes } from './queries/reservations.ts'
import { readDiaryOf } from './read-diary.ts'
import { findService, type Timetables } from './timetable.ts'

const MOST = 3
const DAYS_AROUND = 7
/** Losers of one race ask within moments of each other, and get one look at the diary; for so long after it they still do. */
const SHARED_MS = 1_000

/** A time that was lost, and the pet it was for, if any; a visit that was to be moved does not stand in its own way. */
export interface Lost extends Pick<Booking, 'service' | 'startsAt' | 'locationId' | 'providerId'> {
  readonly petId?: string
  readonly movedId?: string
}

export type Alternatives = (lost: Lost) => Promise<Alternative[]>

/** The free times nearest to one that was taken, looked up once for everybody who lost it, without those at which the pet is elsewhere. */
export function openAlternatives(db: Db, timetables: Timetables): Alternatives {
  const shared = new Map<string, Promise<Opening[]>>()

  function lookUp(key: string, lost: Lost): Promise<Opening[]> {
    const found = nearest(db, timetables, lost)
    shared.set(key, found)
    const forget = () => void setTimeout(() => shared.delete(key), SHARED_MS).unref()
    found.then(forget, forget)
    return found
  }

  return async (lost) => {
    const key = JSON.stringify([lost.service, lost.startsAt, lost.locationId, lost.providerId])
    const found = shared.get(key) ?? lookUp(key, lost)
    const [free, visits] = await Promise.all([
      found,
      lost.petId === undefined ? [] : readVisitTimes(db, lost.petId, lost.movedId),
    ])
    return free
      .filter(({ startsAt, endsAt }) => !visits.some(({ from, to }) => from < endsAt && startsAt < to))
      .slice(0, MOST)
      .map(toAlternative)
  }
}

async function nearest(db: Db, timetables: Timetables, lost: Lost): Promise<Opening[]> {
  const timetable = await timetables.current(db)
  const service = findService(timetable, lost.service)
  const { locationId, providerId } = lost
  const [home] = (providerId === undefined ? undefined : timetable.providers.get(providerId))?.rosters ?? []
  const timeZone = timetable.places.get(locationId ?? home?.locationId ?? '')?.timeZone
  if (!service) return []
  const startsAt = askedTime(lost.startsAt, timeZone)
  const midnight = (Math.floor(startsAt / DAY) - 1) * DAY
  const days = DAYS_AROUND + 2
  const diary = await readDiaryOf(db, timetable, { service, locationId, providerId }, midnight, days)
  return openings(diary, { date: instantText(midnight).slice(0, 10), days }).toSorted(
    (a, b) => Math.abs(a.startsAt - startsAt) - Math.abs(b.startsAt - startsAt),
  )
}

/** A free time as a client is told of it. */
export function toAlternative({ startsAt, endsAt, locationId, providerIds }: Opening): Alternative {
  return { startsAt: instantText(startsAt), endsAt: instantText(endsAt), locationId, providerIds }
}
