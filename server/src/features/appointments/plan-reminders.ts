import type { Tx } from '../../platform/database/database.ts'
import { resourceOf } from '../../platform/events/event-facts.ts'
import type { LogEvent } from '../../platform/events/log-tail.ts'
import type { JobSpec } from '../../platform/jobs/jobs.ts'
import { findReminders, type VisitReminders } from './queries/reminders.ts'

/**
 * Plans the reminders of visits as their services have them, in the place of those planned before; none for a time that was past
 * when the visit was booked or moved, by the last of its events: who does that has the visit in mind.
 */
export async function planReminders(tx: Tx, events: readonly LogEvent[]): Promise<JobSpec[]> {
  const changedAt = new Map(events.map((event) => [resourceOf(event), event.at]))
  const visits = await findReminders(tx, [...changedAt.keys()])
  return visits.flatMap((visit) =>
    visit.reminderHours.map((hours) => reminder(visit, hours, changedAt.get(visit.appointmentId) as string)),
  )
}

function reminder({ appointmentId, startsAt, isStanding }: VisitReminders, hoursBefore: number, at: string): JobSpec {
  const key = `remind-owner:${appointmentId}:${hoursBefore}`
  const runAt = Temporal.Instant.from(startsAt).subtract({ hours: hoursBefore })
  if (!isStanding || Temporal.Instant.compare(runAt, at) <= 0) return { key, remove: true }
  const payload = { appointmentId, startsAt, hoursBefore }
  return { key, name: 'appointments.remind-owner', payload, runAt: runAt.toString() }
}
