import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { timesOf } from './book-appointment.ts'
import { diaryFor, serviceFor } from './for-pet.ts'
import { nearestTimes } from './nearest-times.ts'
import { placeVisit } from './place-visit.ts'
import { moveAppointment } from './queries/appointment-changes.ts'
import type { StandingVisit } from './queries/standing-visits.ts'
import { readDiary } from './read-diary.ts'
import { reserve } from './reserve.ts'
import { reservedSpan } from './reserved-span.ts'
import { roomsFirst } from './rooms-first.ts'
import type { Service, Timetable } from './timetable.ts'

/**
 * Moves a visit to the nearest free time of its day, with the same provider where they have it.
 * @returns whether there was one
 */
export async function moveToNearestTime(
  tx: Tx,
  timetable: Timetable,
  actor: Actor,
  visit: StandingVisit,
): Promise<boolean> {
  const [nearest] = await nearestTimes(tx, timetable, visit, 0)
  if (!nearest) return false
  const { id, petId, locationId, notes, startsAt: previousStartsAt } = visit
  const { startsAt, providerIds } = nearest
  const offered = timetable.services.get(visit.serviceId) as Service
  const service = serviceFor(offered, visit)
  const providerId = providerIds.find((free) => free === visit.providerId)
  const asked = { service, locationId, providerId, petId, ignoring: id }
  const free = diaryFor(await readDiary(tx, timetable, asked, reservedSpan(service, startsAt)), offered, visit)
  const isStaying = startsAt === Date.parse(previousStartsAt)
  const diary = isStaying ? roomsFirst(free, visit.resourceIds) : free
  const except = isStaying ? (['lead-time'] as const) : []
  const holder = { appointmentId: id }
  const to = await placeVisit(
    tx,
    { holder, moved: id, service, startsAt, petId, accountId: actor.accountId, diary, except },
    async (placed, claims) => {
      const times = timesOf(service, startsAt, placed.place.timeZone)
      await Promise.all([
        moveAppointment(tx, id, { ...placed, notes, overrideReason: null, ...times }),
        reserve(tx, holder, claims),
      ])
      return times
    },
  )
  const payload = { startsAt: to.startsAt, previousStartsAt, sequence: visit.sequence + 1 }
  record(tx, actor, 'appointment.moved', { resource: { type: 'appointment', id }, petId, payload })
  return true
}
