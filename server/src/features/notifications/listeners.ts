import { numberOf, petOf, resourceOf, textOf } from '../../platform/events/event-facts.ts'
import type { LogEvent } from '../../platform/events/log-tail.ts'
import type { JobSpec, Listener } from '../../platform/jobs/jobs.ts'
import type { Notice } from './notice.ts'
import { notices } from './notices.ts'
import type { VisitNews } from './visit-news.ts'

/** What people are told of, and by which job. */
export const notificationListeners: readonly Listener[] = [
  { events: ['appointment.booked'], jobsFor: (event) => [visitMail(event, 'booked')] },
  { events: ['appointment.moved'], jobsFor: (event) => [visitMail(event, 'moved')] },
  { events: ['appointment.approved'], jobsFor: (event) => [visitMail(event, 'approved')] },
  { events: ['appointment.declined'], jobsFor: (event) => [visitMail(event, 'declined')] },
  { events: ['appointment.cancelled'], jobsFor: (event) => [visitMail(event, 'cancelled')] },
  { events: ['appointment.reminder-due'], jobsFor: (event) => [visitMail(event, 'reminder')] },
  ...notices.map((notice) => ({ events: [notice.event], jobsFor: (event: LogEvent) => [noticeMail(event, notice)] })),
]

/** Bookings, decisions, moves and cancellations share a key: of what happens at one go, only the last is told. */
function visitMail(event: LogEvent, kind: VisitNews['kind']): JobSpec {
  const appointmentId = resourceOf(event)
  const hoursBefore = kind === 'reminder' ? numberOf(event, 'hoursBefore') : null
  return {
    key: hoursBefore === null ? `visit-mail:${appointmentId}` : `reminder-mail:${appointmentId}:${hoursBefore}`,
    name: 'notifications.address-visit-mail',
    payload: {
      kind,
      appointmentId,
      petId: petOf(event),
      sequence: numberOf(event, 'sequence'),
      at: event.at,
      actorId: event.actorId,
      previousStartsAt: kind === 'moved' ? textOf(event, 'previousStartsAt') : null,
      hoursBefore,
    },
  }
}

function noticeMail(event: LogEvent, { name, gatherMinutes }: Notice): JobSpec {
  const { id, resourceId, petId, actorId, at, payload } = event
  const { expiresAt } = payload ?? {}
  return {
    key: gatherMinutes === undefined ? `${name}:${id}` : `${name}:${petOf(event)}`,
    name: 'notifications.send-notice',
    payload: {
      name,
      eventId: id,
      resourceId,
      petId,
      actorId,
      at,
      expiresAt: typeof expiresAt === 'string' ? expiresAt : null,
    },
    ...(gatherMinutes !== undefined && { runAt: Temporal.Instant.from(at).add({ minutes: gatherMinutes }).toString() }),
  }
}
