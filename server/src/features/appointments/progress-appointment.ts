import type { Appointment, AppointmentStatus, EventName } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { appointmentToChange } from './appointment-to-change.ts'
import { IllegalTransition } from './errors.ts'
import { mayChange, mayCheckIn, mayProgress } from './policy.ts'
import { setStatus } from './queries/appointment-changes.ts'
import { type AppointmentRow, findAppointment, isAhead, toAppointment } from './queries/appointments.ts'

/** The steps a visit takes, but for moving and cancelling (rule 13): from where, to where, by whom. */
export const steps = {
  confirmation: { from: ['booked'], to: 'confirmed', event: 'appointment.confirmed', may: mayChange },
  'check-in': { from: ['booked', 'confirmed'], to: 'checked-in', event: 'appointment.checked-in', may: mayCheckIn },
  start: { from: ['checked-in'], to: 'in-service', event: 'appointment.started', may: mayProgress },
  completion: { from: ['in-service'], to: 'completed', event: 'appointment.completed', may: mayProgress },
  'no-show': { from: ['booked', 'confirmed'], to: 'no-show', event: 'appointment.no-show-marked', may: mayProgress },
} as const satisfies Record<
  string,
  { from: AppointmentStatus[]; to: AppointmentStatus; event: EventName; may: typeof mayChange }
>

/**
 * Takes a visit one step further.
 * @throws NotFound, Forbidden, or IllegalTransition from any other state; a no-show cannot be marked before the start
 */
export async function progressAppointment(
  tx: Tx,
  actor: Person,
  id: string,
  name: keyof typeof steps,
): Promise<Appointment> {
  const step = steps[name]
  const { status, petId } = await appointmentToChange(tx, actor, id, step.may)
  const isTooEarly = name === 'no-show' && (await isAhead(tx, id))
  if (!(step.from as readonly string[]).includes(status) || isTooEarly) throw new IllegalTransition(name, status)
  await setStatus(tx, id, step.to)
  record(tx, actor, step.event, { resource: { type: 'appointment', id }, petId })
  return toAppointment((await findAppointment(tx, actor, id)) as AppointmentRow)
}
