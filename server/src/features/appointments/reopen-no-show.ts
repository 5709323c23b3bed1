import type { Appointment } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { appointmentToChange } from './appointment-to-change.ts'
import { IllegalTransition } from './errors.ts'
import { mayProgress } from './policy.ts'
import { unsetNoShow } from './queries/appointment-changes.ts'
import { type AppointmentRow, findAppointment, toAppointment } from './queries/appointments.ts'

/**
 * Takes a no-show back, for two hours, to the state that the visit had. Its time was never given away: a no-show keeps
 * what it has reserved.
 * @throws NotFound, Forbidden, AppError 412 when stale, or IllegalTransition from any other state, and later
 */
export async function reopenNoShow(
  tx: Tx,
  actor: Person,
  id: string,
  requireFresh: (current: Appointment) => void,
): Promise<Appointment> {
  const before = await appointmentToChange(tx, actor, id, mayProgress)
  const { status, petId } = before
  requireFresh(toAppointment(before))
  if (!(await unsetNoShow(tx, id))) throw new IllegalTransition('reopening', status)
  record(tx, actor, 'appointment.reopened', { resource: { type: 'appointment', id }, petId })
  return toAppointment((await findAppointment(tx, actor, id)) as AppointmentRow)
}
