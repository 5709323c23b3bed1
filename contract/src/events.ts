import type { ProblemCode } from './errors.ts'

/** Every domain event, `noun.past-tense`: a row of the event log, which is audit trail and outbox in one. */
export const eventNames = [
  'account.registered',
  'account.created',
  'account.updated',
  'session.started',
  'session.refreshed',
  'session.ended',
  'session.replayed',
  'session.refused',
  'owner.created',
  'pet.created',
  'pet.updated',
  'pet.archived',
  'location.created',
  'location.updated',
  'resource.created',
  'service.created',
  'service.updated',
  'provider.created',
  'provider.updated',
  'working-hours.replaced',
  'time-off.added',
  'extra-hours.added',
  'closure.added',
  'appointment.booked',
  'appointment.moved',
  'appointment.updated',
  'appointment.cancelled',
  'appointment.confirmed',
  'appointment.checked-in',
  'appointment.started',
  'appointment.completed',
  'appointment.no-show-marked',
  'appointment.reminder-due',
  'medical-record.added',
  'medical-record.amended',
  'medical-record.retracted',
  'medical-record.verified',
  'medical-record.read',
  'medical-record.listed',
  'vaccination-status.read',
  'emergency-access.granted',
  'access.refused',
  'access-log.read',
  'audit.read',
] as const

export type EventName = (typeof eventNames)[number]

/** The events that listeners follow; the dispatcher reads no others. */
export const announced: ReadonlySet<EventName> = new Set<EventName>([
  'pet.archived',
  'appointment.booked',
  'appointment.moved',
  'appointment.cancelled',
  'appointment.reminder-due',
  'emergency-access.granted',
])

/** What each event carries: ids, instants and names of fields; never what a person wrote, and nothing medical. */
export type EventPayloads = { [N in EventName]: Payloads[N] }

interface Payloads {
  'account.registered': { accountId: string }
  'account.created': { accountId: string }
  'account.updated': { accountId: string; fields: readonly string[] }
  'session.started': OfSession
  'session.refreshed': OfSession
  'session.ended': OfSession
  /** A refresh token came back a second time, and its family was ended. */
  'session.replayed': OfSession
  /** A sign-in was refused; the account is null when the address is unknown. */
  'session.refused': { accountId: string | null }
  'owner.created': { ownerId: string }
  'pet.created': { petId: string; ownerId: string }
  'pet.updated': { petId: string; fields: readonly string[] }
  'pet.archived': { petId: string }
  'location.created': { locationId: string }
  'location.updated': { locationId: string; fields: readonly string[] }
  'resource.created': { resourceId: string; locationId: string }
  'service.created': { serviceId: string }
  'service.updated': { serviceId: string; fields: readonly string[] }
  'provider.created': { providerId: string; accountId: string }
  'provider.updated': { providerId: string; fields: readonly string[] }
  'working-hours.replaced': { providerId: string; locationId: string; effectiveFrom: string }
  'time-off.added': OfProviderTime
  'extra-hours.added': OfProviderTime
  'closure.added': { scheduleChangeId: string; locationId: string; from: string; to: string }
  'appointment.booked': OfVisit
  'appointment.moved': OfVisit & { previousProviderId: string; previousStartsAt: string }
  'appointment.updated': OfAppointment & { fields: readonly string[] }
  'appointment.cancelled': OfAppointment & { startsAt: string; late: boolean }
  'appointment.confirmed': OfAppointment
  'appointment.checked-in': OfAppointment
  'appointment.started': OfAppointment
  'appointment.completed': OfAppointment
  'appointment.no-show-marked': OfAppointment
  'appointment.reminder-due': OfAppointment & { startsAt: string }
  'medical-record.added': OfRecordVersion
  'medical-record.amended': OfRecordVersion & { fields: readonly string[] }
  'medical-record.retracted': OfRecordVersion
  'medical-record.verified': OfRecordVersion
  'medical-record.read': { petId: string; recordIds: readonly string[] }
  'medical-record.listed': { petId: string; recordIds: readonly string[] }
  'vaccination-status.read': { petId: string }
  'emergency-access.granted': { petId: string; expiresAt: string }
  'access.refused': { operationId: string; code: ProblemCode; petId: string | null }
  'access-log.read': { petId: string }
  'audit.read': { filters: readonly string[] }
}

interface OfSession {
  accountId: string
  sessionId: string
}

/** `from` and `to` are wall-clock times, as they were given. */
interface OfProviderTime {
  scheduleChangeId: string
  providerId: string
  locationId: string | null
  from: string
  to: string
}

interface OfAppointment {
  appointmentId: string
  petId: string
}

interface OfVisit extends OfAppointment {
  serviceId: string
  providerId: string
  locationId: string
  startsAt: string
}

/** `contentHash` is the SHA-256 of the ciphertext in hex: a row put back as a whole is found by it. */
interface OfRecordVersion {
  petId: string
  recordId: string
  version: number
  contentHash: string
}
