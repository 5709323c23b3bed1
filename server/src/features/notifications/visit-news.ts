import type { EventName } from '@petra/contract'
import { numberOf, petOf, resourceOf, textOf } from '../../platform/events/event-facts.ts'
import type { LogEvent } from '../../platform/events/log-tail.ts'
import type { NewJob } from '../../platform/jobs/jobs.ts'

/** What there is to tell about a visit, as jobs carry it. */
export type VisitNews = {
  readonly kind: VisitNewsKind
  readonly appointmentId: string
  readonly petId: string
  /** The appointment's sequence after the change: a higher one now means that later news is on its way. */
  readonly sequence: number
  /** When it happened: an instant. */
  readonly at: string
  /** Who did it; null for Petra itself. */
  readonly actorId: string | null
  /** Of a move: the instant at which the visit began before. */
  readonly previousStartsAt: string | null
  /** Of a reminder: which of them it is. */
  readonly hoursBefore: number | null
  /** Of a pet that has died: the ids of the other visits that were cancelled with this one, told together with it; separated by spaces. */
  readonly others: string | null
}

/** News for one of the pet's owners. */
export type VisitNewsForOwner = VisitNews & { readonly ownerId: string }

export type VisitNewsKind = 'booked' | 'approved' | 'declined' | 'moved' | 'cancelled' | 'reminder'

const kinds: Partial<Record<EventName, VisitNewsKind>> = {
  'appointment.booked': 'booked',
  'appointment.moved': 'moved',
  'appointment.approved': 'approved',
  'appointment.declined': 'declined',
  'appointment.cancelled': 'cancelled',
  'appointment.reminder-due': 'reminder',
}

export const visitEvents = Object.keys(kinds) as EventName[]

export function newsOf(event: LogEvent): VisitNews {
  const kind = kinds[event.name] as VisitNewsKind
  return {
    kind,
    appointmentId: resourceOf(event),
    petId: petOf(event),
    sequence: numberOf(event, 'sequence'),
    at: event.at,
    actorId: event.actorId,
    previousStartsAt: kind === 'moved' ? textOf(event, 'previousStartsAt') : null,
    hoursBefore: kind === 'reminder' ? numberOf(event, 'hoursBefore') : null,
    others: null,
  }
}

/** The job that tells it. */
export function visitMail(news: VisitNewsForOwner): NewJob {
  const { kind, appointmentId, sequence, ownerId } = news
  return {
    // With the sequence: late news must not replace later news.
    key: `${kind}-mail:${appointmentId}:${sequence}:${ownerId}`,
    name: 'notifications.send-visit-mail',
    payload: news,
  }
}
