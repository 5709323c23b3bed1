import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { insertSentReminder, type PlannedReminder } from './queries/reminders.ts'

/**
 * Announces that a reminder is due, once for each start of a visit and each of its reminders; one that moved, ended or was
 * cancelled gets none.
 */
export async function remindOwner({ db }: Pick<Context, 'db'>, reminder: PlannedReminder): Promise<void> {
  const { appointmentId, startsAt, hoursBefore } = reminder
  await transact(db, async (tx) => {
    const visit = await insertSentReminder(tx, reminder)
    if (!visit) return
    record(tx, system, 'appointment.reminder-due', {
      resource: { type: 'appointment', id: appointmentId },
      petId: visit.petId,
      payload: { startsAt, sequence: visit.sequence, hoursBefore },
    })
  })
}
