import { petOf } from '../../platform/events/event-facts.ts'
import type { LogEvent } from '../../platform/events/log-tail.ts'
import type { BatchListener, JobSpec, Listener } from '../../platform/jobs/jobs.ts'
import { addressVisitMails } from './address-visit-mails.ts'
import type { Notice } from './notice.ts'
import { notices } from './notices.ts'
import { visitEvents } from './visit-news.ts'

/** What people are told of, and by which job. */
export const notificationListeners: readonly (Listener | BatchListener)[] = [
  { events: visitEvents, jobsForAll: addressVisitMails },
  ...notices.map((notice) => ({ events: [notice.event], jobsFor: (event: LogEvent) => [noticeMail(event, notice)] })),
]

function noticeMail(event: LogEvent, { name, gatherMinutes }: Notice): JobSpec {
  const { id, resourceId, petId, actorId, at, payload } = event
  const { expiresAt, rule } = payload ?? {}
  return {
    key: gatherMinutes === undefined ? `${name}:${id}` : `${name}:${petOf(event)}:${actorId}`,
    name: 'notifications.send-notice',
    payload: {
      name,
      eventId: id,
      resourceId,
      petId,
      actorId,
      at,
      expiresAt: typeof expiresAt === 'string' ? expiresAt : null,
      rule: typeof rule === 'string' ? rule : null,
    },
    ...(gatherMinutes !== undefined && { runAt: Temporal.Instant.from(at).add({ minutes: gatherMinutes }).toString() }),
  }
}
