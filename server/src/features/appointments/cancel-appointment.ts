import type { Appointment } from '@petra/contract'
import type { Actor, Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { appointmentToChange } from './appointment-to-change.ts'
import { IllegalTransition } from './errors.ts'
import { mayCancel } from './policy.ts'
import { lockFutureVisits, setCancelled } from './queries/appointment-changes.ts'
import { type AppointmentRow, findAppointment, toAppointment } from './queries/appointments.ts'
import { deleteReservations } from './queries/reservations.ts'

/** Cancels a visit and gives its time back. Cancelling twice is one cancellation. */
export async function cancelAppointment(
  tx: Tx,
  actor: Person,
  id: string,
  requireFresh: (current: Appointment) => void,
): Promise<Appointment> {
  const before = await appointmentToChange(tx, actor, id, mayCancel)
  requireFresh(toAppointment(before))
  if (before.status === 'cancelled') return toAppointment(before)
  if (!['requested', 'booked', 'confirmed'].includes(before.status))
    throw new IllegalTransition('cancelling', before.status)
  await cancel(tx, actor, [id])
  return toAppointment((await findAppointment(tx, actor, id)) as AppointmentRow)
}

/**
 * Cancels every visit a pet has ahead (rule 20).
 * @param mayBeLate false where nobody is to be charged for it
 */
export async function cancelVisitsOf(tx: Tx, actor: Actor, petId: string, mayBeLate = true): Promise<void> {
  await cancel(tx, actor, await lockFutureVisits(tx, petId), mayBeLate)
}

/** Cancels visits that the company cannot keep, and so never as late; they are locked and not begun. */
export async function cancelForTheCompany(tx: Tx, actor: Actor, ids: readonly string[]): Promise<void> {
  await cancel(tx, actor, ids, false)
}

async function cancel(tx: Tx, actor: Actor, ids: readonly string[], mayBeLate = true): Promise<void> {
  const [cancelled] = await Promise.all([setCancelled(tx, ids, mayBeLate), deleteReservations(tx, ids)])
  for (const { id, petId, ...payload } of cancelled) {
    record(tx, actor, 'appointment.cancelled', { resource: { type: 'appointment', id }, petId, payload })
  }
}
