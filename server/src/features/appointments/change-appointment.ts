import type { Appointment, AppointmentChange } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { shareSchedule } from '../catalogue/lookup.ts'
import { findRelation } from '../pets/lookup.ts'
import { appointmentToChange } from './appointment-to-change.ts'
import { askedTime } from './asked-time.ts'
import { timesOf } from './book-appointment.ts'
import type { Candidate } from './candidates.ts'
import { IllegalTransition, PetDeceased, unknownReference } from './errors.ts'
import { diaryFor, serviceFor, serviceForAny } from './for-pet.ts'
import { requireResources, serviceNamed } from './look-up-visit.ts'
import { overriding, requireMayOverride } from './overriding.ts'
import { placeVisit } from './place-visit.ts'
import { mayChange } from './policy.ts'
import { moveAppointment, updateNotes } from './queries/appointment-changes.ts'
import { type AppointmentRow, findAppointment, toAppointment } from './queries/appointments.ts'
import { readDiary } from './read-diary.ts'
import { reserve } from './reserve.ts'
import { reservedSpan } from './reserved-span.ts'
import { roomsFirst } from './rooms-first.ts'
import type { Timetable, Timetables } from './timetable.ts'

/**
 * Moves a visit to another time or provider, or changes its notes. The old time is kept until the new one is won (rule 12).
 * @throws NotFound, Forbidden, AppError 412, IllegalTransition, and what placing a visit throws
 */
export async function changeAppointment(
  tx: Tx,
  timetables: Timetables,
  actor: Person,
  id: string,
  change: AppointmentChange,
  requireFresh: (current: Appointment) => void,
): Promise<Appointment> {
  const [, timetable] = await Promise.all([shareSchedule(tx), timetables.current(tx)])
  const before = await appointmentToChange(tx, actor, id, mayChange)
  if (change.override) requireMayOverride(actor)
  requireFresh(toAppointment(before))
  if (!['requested', 'booked', 'confirmed'].includes(before.status))
    throw new IllegalTransition('changing', before.status)
  const notes = change.notes === undefined ? before.notes : change.notes
  const moved = await move(tx, timetable, actor, before, change, notes)
  if (!moved && notes === before.notes) return toAppointment(before)
  if (!moved) await updateNotes(tx, id, notes)
  const after = (await findAppointment(tx, actor, id)) as AppointmentRow
  const { startsAt, sequence, petId } = after
  const about = { resource: { type: 'appointment', id }, petId }
  if (moved) {
    const { overridden } = moved
    const payload = {
      ...{ startsAt, previousStartsAt: before.startsAt, sequence },
      ...(overridden.length > 0 && { overridden }),
    }
    record(tx, actor, 'appointment.moved', { ...about, payload })
  } else record(tx, actor, 'appointment.updated', { ...about, payload: { fields: ['notes'] } })
  return toAppointment(after)
}

/** @returns how the visit was placed, or null when there was nothing to move */
async function move(
  tx: Tx,
  timetable: Timetable,
  actor: Person,
  before: AppointmentRow,
  change: AppointmentChange,
  notes: string | null,
): Promise<Candidate | null> {
  const { id, petId, locationId } = before
  const { providerId = before.providerId, resourceIds } = change
  if (!timetable.providers.has(providerId)) throw unknownReference('/body/providerId')
  requireResources(timetable, resourceIds)
  const oldStart = Date.parse(before.startsAt)
  const startsAt =
    change.startsAt === undefined ? oldStart : askedTime(change.startsAt, timetable.places.get(locationId)?.timeZone)
  const isElsewhere = resourceIds?.some((id) => !before.resourceIds.includes(id)) === true
  if (startsAt === oldStart && providerId === before.providerId && !isElsewhere) return null
  const offered = serviceNamed(timetable, before.serviceId)
  const except = startsAt === oldStart ? (['lead-time'] as const) : []
  const asked = { service: offered, locationId, providerId, resourceIds, petId, heldBy: actor.accountId, ignoring: id }
  const [read, pet] = await Promise.all([
    readDiary(tx, timetable, asked, reservedSpan(serviceForAny(offered), startsAt)),
    findRelation(tx, actor, petId),
  ])
  if (!pet) throw new NotFound()
  if (pet.hasDied) throw new PetDeceased()
  const service = serviceFor(offered, pet)
  const free = diaryFor(read, offered, pet)
  const diary = startsAt === oldStart ? roomsFirst(free, before.resourceIds) : free
  const holder = { appointmentId: id }
  const overridable = overriding(actor, change.override, startsAt, diary.now)
  const lenient = { except, overriding: overridable }
  const wanted = { holder, moved: id, service, startsAt, petId, accountId: actor.accountId, diary, ...lenient }
  return placeVisit(tx, wanted, async (placed, claims) => {
    const overrideReason = placed.overridden.length > 0 ? (change.override?.reason ?? null) : null
    const times = timesOf(service, startsAt, placed.place.timeZone)
    await Promise.all([
      moveAppointment(tx, id, { ...placed, notes, overrideReason, ...times }),
      reserve(tx, holder, claims),
    ])
    return placed
  })
}
