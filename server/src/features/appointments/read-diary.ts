import type { Queryable } from '../../platform/database/database.ts'
import { DAY, type Diary, MINUTE, type Span } from './diary.ts'
import { serviceForAny } from './for-pet.ts'
import { piecesOfWall } from './local-time.ts'
import { around, staysOf } from './stays.ts'
import { type Taken, takenIn } from './taken.ts'
import { type Service, type Timetable, teamOf } from './timetable.ts'
import { withoutHolds } from './without-holds.ts'

export interface Asked {
  readonly service: Service
  readonly locationId?: string | undefined
  readonly providerId?: string | undefined
  /** Rooms and machines it is to have. */
  readonly resourceIds?: readonly string[] | undefined
  readonly petId?: string | undefined
  /** Whose holds count as free. */
  readonly heldBy?: string | null | undefined
  /** An appointment whose own time counts as free: the one being moved. */
  readonly ignoring?: string | undefined
}

/**
 * All that decides about the starts whose reservations lie within a span, out of the books or, for whoever changes them, of the
 * database: two queries in one flight then, three where it takes time to travel, whatever the number of days, providers and rooms.
 */
export async function readDiary(
  source: Queryable | Taken,
  timetable: Timetable,
  asked: Asked,
  within: Span,
): Promise<Diary> {
  const { service, petId } = asked
  const taken = 'busy' in source ? source : takenIn(source, asked.ignoring)
  const team = teamOf(timetable, service, asked)
  const resources = team.places.flatMap((place) =>
    place.resources.filter(({ kind }) => team.terms.resourceKinds.includes(kind)),
  )
  const providerIds = [...new Set(team.rosters.map(({ providerId }) => providerId))]
  const subjectIds = new Set([...providerIds, ...resources.map(({ id }) => id)])
  if (petId !== undefined) subjectIds.add(petId)
  const isTravelling = timetable.longestWayMinutes > 0
  const wide = around(within, timetable.longestWayMinutes)
  // A hold that is spent between the two leaves a time that looks taken, or one that cannot be won: never one that is given twice.
  const [{ now, busy }, voidHolds, reserved] = await Promise.all([
    taken.busy([...subjectIds], wide),
    taken.holds('void', [...subjectIds], wide, asked.heldBy ?? null),
    isTravelling ? taken.whereabouts(providerIds, wide) : [],
  ])
  const stays = staysOf(timetable, reserved, new Set(voidHolds.map(({ holdId }) => holdId)))
  return { ...team, now, busy: withoutHolds(busy, voidHolds), voidHolds, stays: isTravelling ? stays : undefined }
}

/**
 * The same for every start on some dates of the team's calendars.
 * @param midnight 00:00 of the first date, in wall-clock milliseconds
 */
export function readDiaryOf(
  source: Queryable | Taken,
  timetable: Timetable,
  asked: Asked,
  midnight: number,
  days: number,
): Promise<Diary> {
  const { bufferBeforeMinutes, bufferAfterMinutes, durationMinutes } = serviceForAny(asked.service)
  const timeZones = new Set(teamOf(timetable, asked.service, asked).places.map(({ timeZone }) => timeZone))
  const pieces = [...timeZones].flatMap((timeZone) => piecesOfWall(timeZone, midnight, midnight + days * DAY))
  const within = {
    from: Math.min(midnight, ...pieces.map(({ from }) => from)) - bufferBeforeMinutes * MINUTE,
    to: Math.max(midnight, ...pieces.map(({ to }) => to)) + (durationMinutes + bufferAfterMinutes) * MINUTE,
  }
  return readDiary(source, timetable, asked, within)
}
