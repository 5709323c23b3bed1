import type { Appointment } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { appointmentToChange } from './appointment-to-change.ts'
import { IllegalTransition } from './errors.ts'
import { mayDecide } from './policy.ts'
import { setDecided } from './queries/appointment-changes.ts'
import { type AppointmentRow, findAppointment, toAppointment } from './queries/appointments.ts'
import { deleteReservations } from './queries/reservations.ts'

const decisions = {
  approval: { to: 'booked', event: 'appointment.approved' },
  decline: { to: 'declined', event: 'appointment.declined' },
} as const

/**
 * Approves a requested visit, or declines it and gives its time back (rule 13).
 * @throws NotFound, Forbidden, or IllegalTransition from any other state
 */
export async function decideAppointment(
  tx: Tx,
  actor: Person,
  id: string,
  name: keyof typeof decisions,
): Promise<Appointment> {
  const { to, event } = decisions[name]
  const { status, petId } = await appointmentToChange(tx, actor, id, mayDecide)
  if (status !== 'requested') throw new IllegalTransition(name, status)
  const [payload] = await Promise.all([setDecided(tx, id, to), to === 'declined' && deleteReservations(tx, [id])])
  record(tx, actor, event, { resource: { type: 'appointment', id }, petId, payload })
  return toAppointment((await findAppointment(tx, actor, id)) as AppointmentRow)
}
