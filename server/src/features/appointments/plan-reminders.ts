import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue, type JobSpec } from '../../platform/jobs/jobs.ts'
import { findReminders } from './queries/reminders.ts'

/**
 * Plans a visit's reminders as its service has them, in the place of those planned before; none for a time that was past when the
 * visit was booked or moved, at `at` (an instant): who does that has the visit in mind.
 */
export async function planReminders(
  { db }: Pick<Context, 'db'>,
  { appointmentId, at }: { appointmentId: string; at: string },
): Promise<void> {
  await transact(db, async (tx) => {
    const planned = await findReminders(tx, appointmentId)
    if (planned)
      await enqueue(
        tx,
        planned.reminderHours.map((hours) => reminder(appointmentId, hours, planned, at)),
      )
  })
}

function reminder(
  appointmentId: string,
  hoursBefore: number,
  { startsAt, isStanding }: { startsAt: string; isStanding: boolean },
  at: string,
): JobSpec {
  const key = `remind-owner:${appointmentId}:${hoursBefore}`
  const runAt = Temporal.Instant.from(startsAt).subtract({ hours: hoursBefore })
  if (!isStanding || Temporal.Instant.compare(runAt, at) <= 0) return { key, remove: true }
  const payload = { appointmentId, startsAt, hoursBefore }
  return { key, name: 'appointments.remind-owner', payload, runAt: runAt.toString() }
}
