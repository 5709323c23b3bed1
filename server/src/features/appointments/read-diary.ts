import type { Queryable } from '../../platform/database.ts'
import { DAY, type Diary, MINUTE, type Span } from './diary.ts'
import { piecesOfWall } from './local-time.ts'
import { readBusy } from './queries/reservations.ts'
import { type Service, type Timetable, teamOf } from './timetable.ts'

export interface AskedDays {
  readonly service: Service
  /** 00:00 of the first date, in wall-clock milliseconds. */
  readonly midnight: number
  readonly days: number
  readonly locationId?: string | undefined
  readonly providerId?: string | undefined
  readonly petId?: string | undefined
  /** An appointment whose own time counts as free: the one being moved. */
  readonly ignoring?: string | undefined
}

/** All that decides about the starts of some days: one query, whatever the number of days, providers and rooms. */
export async function readDiary(db: Queryable, timetable: Timetable, asked: AskedDays): Promise<Diary> {
  const { service, petId } = asked
  const team = teamOf(timetable, service, asked)
  const resources = team.places.flatMap((place) =>
    place.resources.filter(({ kind }) => service.resourceKinds.includes(kind)),
  )
  const subjectIds = new Set([...team.rosters.map(({ providerId }) => providerId), ...resources.map(({ id }) => id)])
  if (petId !== undefined) subjectIds.add(petId)
  const window = windowOf(
    team.places.map(({ timeZone }) => timeZone),
    asked,
  )
  return { ...team, ...(await readBusy(db, [...subjectIds], window, asked.ignoring)) }
}

/** From the first instant that a visit on those dates can reserve to the last, in any of the zones. */
function windowOf(timeZones: readonly string[], { midnight, days, service }: AskedDays): Span {
  const pieces = [...new Set(timeZones)].flatMap((timeZone) => piecesOfWall(timeZone, midnight, midnight + days * DAY))
  if (pieces.length === 0) return { from: midnight, to: midnight + days * DAY }
  const { bufferBeforeMinutes, bufferAfterMinutes, durationMinutes } = service
  return {
    from: Math.min(...pieces.map(({ from }) => from)) - bufferBeforeMinutes * MINUTE,
    to: Math.max(...pieces.map(({ to }) => to)) + (durationMinutes + bufferAfterMinutes) * MINUTE,
  }
}
