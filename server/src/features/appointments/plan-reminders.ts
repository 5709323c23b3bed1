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

/**
 * Many visits begin at the same minute: their reminders leave over most of one, so that the API keeps a part of the machine. How many
 * seconds after its time a visit's are due, by its id.
 */
export function secondsLater(appointmentId: string): number {
  return Number.parseInt(appointmentId.slice(-8), 16) % SPREAD_SECONDS
}

const SPREAD_SECONDS = 45

function reminder({ appointmentId, startsAt, isStanding }: VisitReminders, hoursBefore: number, at: string): JobSpec {
  const key = `remind-owner:${appointmentId}:${hoursBefore}`
  const dueAt = Temporal.Instant.from(startsAt).subtract({ hours: hoursBefore })
  if (!isStanding || Temporal.Instant.compare(dueAt, at) <= 0) return { key, remove: true }
  const runAt = dueAt.add({ seconds: secondsLater(appointmentId) })
  const payload = { appointmentId, startsAt, hoursBefore }
  return { key, name: 'appointments.remind-owner', payload, runAt: runAt.toString() }
}
