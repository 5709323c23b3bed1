import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { maySee, type Relation } from './policy.ts'
import { type AppointmentRow, lockAppointment } from './queries/appointments.ts'

/**
 * Locks and reads an appointment that the actor may do this to.
 * @throws NotFound out of reach, Forbidden in reach
 */
export async function appointmentToChange(
  tx: Tx,
  actor: Person,
  id: string,
  mayDoIt: (actor: Person, relation: Relation) => boolean,
): Promise<AppointmentRow> {
  const found = await lockAppointment(tx, actor, id)
  if (!found || !maySee(actor, found)) throw new NotFound()
  if (!mayDoIt(actor, found)) throw new Forbidden('You may see this appointment, but not do this to it.')
  return found
}
