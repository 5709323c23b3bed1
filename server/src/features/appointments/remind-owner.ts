import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database.ts'
import { record } from '../../platform/event-log.ts'
import { findVisitToRemindOf, insertSentReminder } from './queries/reminders.ts'

/** A visit and the start (an instant) it had when the reminder was planned. */
export interface PlannedReminder {
  readonly appointmentId: string
  readonly startsAt: string
}

/** Announces that a reminder is due, once for each start of a visit; one that moved, ended or was cancelled gets none. */
export async function remindOwner(
  { db }: Pick<Context, 'db'>,
  { appointmentId, startsAt }: PlannedReminder,
): Promise<void> {
  await transact(db, async (tx) => {
    const visit = await findVisitToRemindOf(tx, appointmentId, startsAt)
    if (!visit || !(await insertSentReminder(tx, appointmentId, startsAt))) return
    record(tx, system, 'appointment.reminder-due', {
      resource: { type: 'appointment', id: appointmentId },
      petId: visit.petId,
      payload: { startsAt, sequence: visit.sequence, hoursBefore: 24 },
    })
  })
}
