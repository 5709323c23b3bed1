import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { maySee } from './policy.ts'
import { type AppointmentRow, findAppointment } from './queries/appointments.ts'

/** An appointment, whatever its state; undefined for whoever may not see it. */
export async function findVisitInSight(db: Queryable, actor: Actor, id: string): Promise<AppointmentRow | undefined> {
  const found = await findAppointment(db, actor, id)
  return found && maySee(actor, found) ? found : undefined
}
