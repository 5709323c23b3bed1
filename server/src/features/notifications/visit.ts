import type { AppointmentStatus } from '@petra/contract'

/** A visit as its owner is told about it: everything a mail needs, and nothing clinical. */
export type Visit = {
  appointmentId: string
  /** Rises with every change the owner is told of (RFC 5545, SEQUENCE). */
  sequence: number
  status: AppointmentStatus
  /** Instants, RFC 3339. */
  startsAt: string
  endsAt: string
  /** The location's IANA time zone, in which every time is written. */
  timeZone: string
  locationName: string
  locationAddress: string | null
  serviceName: string
  providerName: string
  petName: string
  /** Whom this copy is for: each of a pet's owners gets their own. */
  ownerId: string
}

/** Where a mail leads: `portal` is the public URL, `organizer` the bare address that calendar entries come from. */
export type MailLinks = { portal: string; organizer: string }
