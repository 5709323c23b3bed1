import type { Appointment, AppointmentChange } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/event-log.ts'
import { shareSchedule } from '../catalogue/lookup.ts'
import { appointmentToChange } from './appointment-to-change.ts'
import { askedTime } from './asked-time.ts'
import { serviceNamed, timesOf } from './book-appointment.ts'
import { IllegalTransition, unknownReference } from './errors.ts'
import { placeVisit } from './place-visit.ts'
import { mayChange } from './policy.ts'
import { moveAppointment, updateNotes } from './queries/appointment-changes.ts'
import { type AppointmentRow, findAppointment, toAppointment } from './queries/appointments.ts'
import { readDiary } from './read-diary.ts'
import { reservedSpan } from './reserved-span.ts'
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
  requireFresh(toAppointment(before))
  if (!['requested', 'booked', 'confirmed'].includes(before.status))
    throw new IllegalTransition('changing', before.status)
  const notes = change.notes === undefined ? before.notes : change.notes
  const isMoved = await move(tx, timetable, before, change, notes)
  if (!isMoved) await updateNotes(tx, id, notes)
  const after = (await findAppointment(tx, actor, id)) as AppointmentRow
  const { startsAt, sequence, petId } = after
  const about = { resource: { type: 'appointment', id }, petId }
  if (isMoved) {
    const payload = { startsAt, previousStartsAt: before.startsAt, sequence }
    record(tx, actor, 'appointment.moved', { ...about, payload })
  } else record(tx, actor, 'appointment.updated', { ...about, payload: { fields: ['notes'] } })
  return toAppointment(after)
}

/** @returns whether there was anything to move */
async function move(
  tx: Tx,
  timetable: Timetable,
  before: AppointmentRow,
  change: AppointmentChange,
  notes: string | null,
): Promise<boolean> {
  const { id, petId, locationId } = before
  const { providerId = before.providerId } = change
  if (!timetable.providers.has(providerId)) throw unknownReference('/body/providerId')
  const oldStart = Date.parse(before.startsAt)
  const startsAt =
    change.startsAt === undefined ? oldStart : askedTime(change.startsAt, timetable.places.get(locationId)?.timeZone)
  if (startsAt === oldStart && providerId === before.providerId) return false
  const service = serviceNamed(timetable, before.serviceId)
  const except = startsAt === oldStart ? (['lead-time'] as const) : []
  const asked = { service, locationId, providerId, petId, ignoring: id }
  const diary = await readDiary(tx, timetable, asked, reservedSpan(service, startsAt))
  const wanted = { appointmentId: id, service, startsAt, petId, diary, except, isMove: true }
  await placeVisit(tx, wanted, ({ place }) =>
    moveAppointment(tx, id, { providerId, notes, ...timesOf(service, startsAt, place.timeZone) }),
  )
  return true
}
