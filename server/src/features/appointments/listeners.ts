import { resourceOf, textOf } from '../../platform/event-facts.ts'
import type { JobSpec, Listener } from '../../platform/jobs.ts'
import type { LogEvent } from '../../platform/log-tail.ts'

/** Owners are reminded a day ahead. */
const AHEAD = { hours: 24 }

/** Booking plans the reminder, moving replaces it, cancelling and declining remove it. */
export const appointmentListeners: readonly Listener[] = [
  {
    events: ['appointment.booked', 'appointment.moved', 'appointment.cancelled', 'appointment.declined'],
    jobsFor: (event) => [plannedReminder(event)],
  },
]

function plannedReminder(event: LogEvent): JobSpec {
  const appointmentId = resourceOf(event)
  const key = `remind-owner:${appointmentId}`
  if (event.name === 'appointment.cancelled' || event.name === 'appointment.declined') return { key, remove: true }
  const startsAt = textOf(event, 'startsAt')
  const runAt = Temporal.Instant.from(startsAt).subtract(AHEAD)
  // Who books or moves inside the last day has the visit in mind.
  if (Temporal.Instant.compare(runAt, event.at) <= 0) return { key, remove: true }
  return { key, name: 'appointments.remind-owner', payload: { appointmentId, startsAt }, runAt: runAt.toString() }
}
