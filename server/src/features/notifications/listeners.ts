import { numberOf, petOf, resourceOf, textOf } from '../../platform/event-facts.ts'
import type { JobSpec, Listener } from '../../platform/jobs.ts'
import type { LogEvent } from '../../platform/log-tail.ts'
import type { Notice } from './notice.ts'
import { notices } from './notices.ts'
import type { VisitNews } from './visit-news.ts'

/** What people are told of, and by which job. */
export const notificationListeners: readonly Listener[] = [
  { events: ['appointment.booked'], jobsFor: (event) => [visitMail(event, 'booked')] },
  { events: ['appointment.moved'], jobsFor: (event) => [visitMail(event, 'moved', textOf(event, 'previousStartsAt'))] },
  { events: ['appointment.approved'], jobsFor: (event) => [visitMail(event, 'approved')] },
  { events: ['appointment.declined'], jobsFor: (event) => [visitMail(event, 'declined')] },
  { events: ['appointment.cancelled'], jobsFor: (event) => [visitMail(event, 'cancelled')] },
  { events: ['appointment.reminder-due'], jobsFor: (event) => [visitMail(event, 'reminder')] },
  { events: ['emergency-access.granted'], jobsFor: (event) => [emergencyAccessMail(event)] },
  ...notices.map((notice) => ({ events: [notice.event], jobsFor: (event: LogEvent) => [noticeMail(event, notice)] })),
]

/** Bookings, decisions, moves and cancellations share a key: of what happens at one go, only the last is told. */
function visitMail(event: LogEvent, kind: VisitNews['kind'], previousStartsAt: string | null = null): JobSpec {
  const appointmentId = resourceOf(event)
  return {
    key: kind === 'reminder' ? `reminder-mail:${appointmentId}` : `visit-mail:${appointmentId}`,
    name: 'notifications.address-visit-mail',
    payload: { kind, appointmentId, petId: petOf(event), sequence: numberOf(event, 'sequence'), previousStartsAt },
  }
}

function emergencyAccessMail(event: LogEvent): JobSpec {
  return {
    key: `emergency-access-mail:${event.id}`,
    name: 'notifications.address-emergency-access-mail',
    payload: { eventId: event.id, petId: petOf(event), vetId: event.actorId, expiresAt: textOf(event, 'expiresAt') },
  }
}

function noticeMail({ id, resourceId, petId, actorId, at }: LogEvent, { name }: Notice): JobSpec {
  return {
    key: `${name}:${id}`,
    name: 'notifications.send-notice',
    payload: { name, eventId: id, resourceId, petId, actorId, at },
  }
}
