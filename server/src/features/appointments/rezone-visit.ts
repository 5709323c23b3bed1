import { system } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { instantText } from './asked-time.ts'
import type { DriftedVisit } from './find-drifted-visits.ts'
import { moveAppointment } from './queries/appointment-changes.ts'
import { lockAppointment } from './queries/appointments.ts'
import { deleteReservations, lockClaimed } from './queries/reservations.ts'
import { readHeld } from './queries/rezoning.ts'
import { refusalOf, reserve } from './reserve.ts'

/**
 * Puts a visit at the instant its local time now means, with the provider and rooms it has.
 * @returns false when somebody has changed it since it was found
 * @throws SlotTaken or PetBusy when another visit has that time
 */
export async function rezoneVisit(tx: Tx, { id, startsAt, shift }: DriftedVisit): Promise<boolean> {
  const before = await lockAppointment(tx, system, id)
  if (before?.startsAt !== startsAt || !['requested', 'booked', 'confirmed'].includes(before.status)) return false
  const held = await readHeld(tx, id)
  const shifted = (instant: string) => instantText(Date.parse(instant) + shift)
  const moved = { ...before, startsAt: shifted(before.startsAt), endsAt: shifted(before.endsAt) }
  const claims = held.map(({ span, ...claim }) => ({
    ...claim,
    span: { from: span.from + shift, to: span.to + shift },
  }))
  await lockClaimed(tx, [...held, ...claims])
  await Promise.all([
    deleteReservations(tx, [id]),
    moveAppointment(tx, id, moved),
    reserve(tx, { appointmentId: id }, claims),
  ]).catch((error) => {
    throw refusalOf(error, before.providerId, before.petId)
  })
  record(tx, system, 'appointment.moved', {
    resource: { type: 'appointment', id },
    petId: before.petId,
    payload: { startsAt: moved.startsAt, previousStartsAt: before.startsAt, sequence: before.sequence + 1 },
  })
  return true
}
