import { DAY, type Diary, type Reason } from './diary.ts'
import { faultsOfPlace, faultsOfRoster, reasonsOf, viewPlace, viewRoster } from './faults.ts'
import { wallOf } from './local-time.ts'
import { reservedSpan, visitSpan } from './reserved-span.ts'

/**
 * Every reason against a start (an instant in epoch milliseconds); none when it can be booked. A provider without a
 * roster at the location has no hours there.
 * @throws Error when the diary has no such place
 */
export function mayStart(
  diary: Diary,
  asked: { startsAt: number; locationId: string; providerId: string; petId?: string | undefined },
): Reason[] {
  const { startsAt, locationId, providerId, petId } = asked
  const place = diary.places.find((candidate) => candidate.locationId === locationId)
  if (!place) throw new Error(`The diary has no place ${locationId}`)
  const roster = diary.rosters.find((other) => other.locationId === locationId && other.providerId === providerId) ?? {
    providerId,
    locationId,
    shifts: [],
    extra: [],
    off: [],
  }
  const wall = wallOf(startsAt, place.timeZone)
  const view = viewPlace(diary, place, Math.floor(wall / DAY) * DAY, 1, petId)
  const candidate = { wall, visit: visitSpan(diary.terms, startsAt), reserved: reservedSpan(diary.terms, startsAt) }
  return reasonsOf(faultsOfPlace(view, candidate) | faultsOfRoster(viewRoster(diary, roster, view), candidate))
}
