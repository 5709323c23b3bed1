import type { ProblemCode } from './errors.ts'
import type { EventName } from './events.ts'
import type { Right } from './ownerships.ts'
import type { AccountStatus } from './people.ts'
import type { WatchRule } from './watch.ts'

/**
 * What an event says beyond who, when, from where, and of which resource, pet and records: ids, instants and names of fields;
 * never what a person wrote, and nothing medical. An event that is not listed says nothing more.
 */
export interface EventPayloads {
  'account.updated': Changed
  'notification-preferences.changed': Changed
  'account.roles-changed': BeforeAndAfter<readonly string[]>
  'account.disabled': BeforeAndAfter<AccountStatus>
  'account.enabled': BeforeAndAfter<AccountStatus>
  'erasure.requested': { readonly dueAt: string }
  /** `repeated` when a renewal was asked for again, by whoever did not get the answer. */
  'session.refreshed': { readonly repeated: boolean }
  'token.created': { readonly scopes: readonly string[]; readonly expiresAt: string }
  'password.changed': { readonly by: 'current-password' | 'reset' }
  'pet.updated': Changed
  'pet.photo-changed': StoredFile
  'ownership.changed': ChangedRights
  'ownership.ended': ChangedRights
  'co-owner-invitation.sent': { readonly rights: readonly Right[]; readonly expiresAt: string }
  'co-owner-invitation.accepted': ChangedRights
  'pet-transfer.requested': { readonly expiresAt: string }
  'pet-transfer.accepted': ChangedRights
  'location.updated': Changed
  'resource.created': { readonly locationId: string }
  'service.updated': Changed
  'provider.created': { readonly accountId: string }
  'provider.updated': Changed
  'working-hours.replaced': { readonly locationId: string; readonly effectiveFrom: string }
  'time-off.added': ProviderTime
  'extra-hours.added': ProviderTime
  'closure.added': LocalTime
  'hold.made': { readonly startsAt: string }
  'hold.extended': { readonly expiresAt: string }
  /** With the hold that it came from, if any. */
  'appointment.booked': VisitTime & Overriding & { readonly holdId?: string }
  'appointment.moved': VisitTime & Overriding & { readonly previousStartsAt: string }
  'appointment.updated': Changed
  'appointment.cancelled': VisitTime & { readonly late: boolean }
  'appointment.approved': VisitTime
  'appointment.declined': VisitTime
  /** With the visit note that it adds to, if any. */
  'medical-record.added': RecordVersion & { readonly addendumTo?: string }
  'appointment.reminder-due': VisitTime & { readonly hoursBefore: number }
  'medical-record.amended': RecordVersion & Changed
  'medical-record.retracted': RecordVersion
  'medical-record.verified': RecordVersion
  'medical-record.document-added': StoredFile
  'medical-record.signed': RecordVersion
  'medical-record.refilled': { readonly number: number }
  'emergency-access.granted': { readonly expiresAt: string }
  /** `count` when refusals of one caller who is not signed in were counted in one event. */
  'access.refused': { readonly operation: string; readonly code: ProblemCode; readonly count?: number }
  /** A request came again with its Idempotency-Key, and was shown the first answer again. */
  'answer.replayed': { readonly operation: string }
  'webhook.created': { readonly types: readonly string[] }
  'webhook.updated': Changed
  'webhook.replayed': { readonly messageId: string }
  'webhook.disabled': { readonly because: 'gone' | 'failing' }
  'job.retried': { readonly job: string; readonly jobId: string }
  'event.retried': { readonly event: string }
  'alarm.raised': { readonly alarm: string }
  'alarm.cleared': { readonly alarm: string }
  /** What was seen over the trail of the account that it is about, and the event that was one too many. */
  'watch.raised': { readonly rule: WatchRule; readonly eventId: string }
  'audit.read': { readonly filters: readonly string[] }
  'audit.exported': { readonly filters: readonly string[]; readonly format: string }
  /** All events of that kind with an id below `until` are gone. */
  'trail.partition-dropped': { readonly kind: string; readonly until: string }
}

/** The payload an event takes: required where it has one, absent where it has none. */
export type Payload<N extends EventName> = N extends keyof EventPayloads
  ? { readonly payload: EventPayloads[N] }
  : { readonly payload?: never }

interface Changed {
  readonly fields: readonly string[]
}

interface BeforeAndAfter<T> {
  readonly before: T
  readonly after: T
}

/** Of the owner that the event is about, or of who accepted; none where there was, or is, no ownership. */
interface ChangedRights {
  readonly rightsBefore: readonly Right[]
  readonly rightsAfter: readonly Right[]
}

/** Wall-clock times, as they were given; no location means everywhere. */
interface LocalTime {
  readonly locationId: string | null
  readonly from: string
  readonly to: string
}

interface ProviderTime extends LocalTime {
  readonly providerId: string
}

/** An instant, and the sequence number of the visit's calendar entry. */
interface VisitTime {
  readonly startsAt: string
  readonly sequence: number
}

/** The rules that were set aside, if any; why is kept with the appointment. */
interface Overriding {
  readonly overridden?: readonly string[]
}

/** `contentHash` is the SHA-256 of what was stored. */
interface StoredFile {
  readonly contentHash: string
}

/** `contentHash` is the SHA-256 of the ciphertext: a row put back as a whole is found by it. */
interface RecordVersion {
  readonly version: number
  readonly contentHash: string
}
