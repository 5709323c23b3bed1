import { type Alternative, type Booking, type StartReason, takenReasons } from '@petra/contract'
import { type Actor, hasRole } from '../../platform/actor.ts'
import type { Db } from '../../platform/database/database.ts'
import { type Build, findRelation } from '../pets/lookup.ts'
import { askedTime, instantText } from './asked-time.ts'
import { DAY } from './diary.ts'
import { SlotTaken } from './errors.ts'
import { dependsOnPet, diaryFor, serviceFor } from './for-pet.ts'
import type { Books } from './open-books.ts'
import { type Opening, openings } from './openings.ts'
import { mayBook } from './policy.ts'
import { readVisitTimes } from './queries/reservations.ts'
import { readDiaryOf } from './read-diary.ts'
import { reservedSpan } from './reserved-span.ts'
import { around } from './stays.ts'
import { type Taken, takenIn } from './taken.ts'
import { findService, type Service, type Timetable, type Timetables } from './timetable.ts'
import { toldReasons } from './told-reasons.ts'

const MOST = 3
const DAYS_AROUND = 7
/** Losers of one race ask within moments of each other, and get one look at the diary; for so long after it they still do. */
const SHARED_MS = 1_000

/** A time that was lost, and the pet it was for, if any; a visit that was to be moved does not stand in its own way. */
export interface Lost extends Pick<Booking, 'service' | 'startsAt' | 'locationId' | 'providerId' | 'resourceIds'> {
  readonly petId?: string
  readonly movedId?: string
}

/** Says of a time that was lost why, and what is free instead. */
export type ToldLoser = (error: unknown, actor: Actor, lost: Lost) => Promise<unknown>

/** What there is to say to everybody who lost a time. */
interface Look {
  readonly reasons: readonly StartReason[]
  readonly free: readonly Opening[]
}

/**
 * Adds to a SlotTaken what it takes another look to say: whether the time is only held, and the free times nearest to it, without
 * those at which the pet is elsewhere, or the actor may not book it. One look serves everybody who lost the same.
 */
export function openAlternatives(db: Db, timetables: Timetables, books: Books): ToldLoser {
  const shared = new Map<string, Promise<Look>>()

  function lookOnce(key: string, look: () => Promise<Look>): Promise<Look> {
    const known = shared.get(key)
    if (known) return known
    const looking = look()
    shared.set(key, looking)
    const forget = () => void setTimeout(() => shared.delete(key), SHARED_MS).unref()
    looking.then(forget, forget)
    return looking
  }

  return async (error, actor, lost) => {
    if (!(error instanceof SlotTaken)) return error
    const { petId, movedId, startsAt, locationId, providerId, resourceIds } = lost
    // Not older than what the booking went by.
    const timetable = timetables.latest() ?? (await timetables.current(db))
    const service = findService(timetable, lost.service)
    if (!service) return error
    const [pet, visits] = await Promise.all([
      petId !== undefined && (dependsOnPet(timetable, service) || hasRole(actor, 'veterinarian'))
        ? findRelation(db, actor, petId)
        : undefined,
      petId === undefined ? [] : readVisitTimes(db, petId, actor.accountId, movedId),
    ])
    const { durationMinutes } = serviceFor(service, pet)
    const key = JSON.stringify([
      service.id,
      startsAt,
      locationId,
      providerId,
      resourceIds,
      movedId,
      pet?.species,
      durationMinutes,
    ])
    const { reasons, free } = await lookOnce(key, () =>
      books.read((timetable, page) =>
        lookAround(movedId === undefined ? page : takenIn(db, movedId), timetable, service, pet, lost),
      ),
    )
    const workplaces = timetable.workplaces.get(actor.accountId ?? '')
    // Whoever moves a visit may, and its location stays.
    const isTheirs = ({ locationId }: Opening) =>
      !pet ||
      movedId !== undefined ||
      mayBook(actor, { rights: pet.rights, isAtLocation: workplaces?.has(locationId) ?? false })
    const alternatives = free
      .filter(isTheirs)
      .filter((opening) => !visits.some(({ from, to }) => from < opening.endsAt && opening.startsAt < to))
      .slice(0, MOST)
      .map(toAlternative)
    return new SlotTaken(reasons.length > 0 ? reasons : error.reasons, alternatives)
  }
}

async function lookAround(
  taken: Taken,
  timetable: Timetable,
  service: Service,
  pet: Build | undefined,
  { startsAt: lostStart, locationId, providerId, resourceIds }: Lost,
): Promise<Look> {
  const [home] = (providerId === undefined ? undefined : timetable.providers.get(providerId))?.rosters ?? []
  const startsAt = askedTime(lostStart, timetable.places.get(locationId ?? home?.locationId ?? '')?.timeZone)
  const midnight = (Math.floor(startsAt / DAY) - 1) * DAY
  const days = DAYS_AROUND + 2
  const read = await readDiaryOf(taken, timetable, { service, locationId, providerId, resourceIds }, midnight, days)
  const diary = diaryFor(read, service, pet)
  const near = around(reservedSpan(diary.terms, startsAt), timetable.longestWayMinutes)
  const holds = await taken.holds('standing', [...diary.busy.keys()], near, null)
  const free = openings(diary, { date: instantText(midnight).slice(0, 10), days }).toSorted(
    (a, b) => Math.abs(a.startsAt - startsAt) - Math.abs(b.startsAt - startsAt),
  )
  const [nearest] = toldReasons(diary, holds, { startsAt })
    .map(({ reasons }) => reasons)
    .filter((reasons) => reasons.every((reason) => Object.hasOwn(takenReasons, reason)))
    .toSorted((a, b) => a.length - b.length)
  return { reasons: nearest ?? [], free }
}

/** A free time as a client is told of it. */
export function toAlternative({ startsAt, endsAt, locationId, providerIds }: Opening): Alternative {
  return { startsAt: instantText(startsAt), endsAt: instantText(endsAt), locationId, providerIds }
}
