/** A whole company as far as it decides about free times, and a question about them. Instants in epoch milliseconds. */
export interface BookingCase {
  readonly seed: number
  readonly now: number
  readonly service: CaseTerms
  readonly locations: readonly CaseLocation[]
  readonly providers: readonly CaseProvider[]
  /** All that stands in the way of a new visit: appointments, and whatever else comes to reserve time. */
  readonly standing: readonly Standing[]
  readonly asked: {
    readonly date: string
    readonly days: number
    readonly locationId: string | undefined
    readonly providerId: string | undefined
    readonly petId: string | undefined
  }
  /** The first may be the one that is asked for, and has visits as the second has; the last has none. */
  readonly petIds: readonly [string, string, string]
}

/** From the first instant on, and no longer at the second. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

export interface CaseTerms {
  readonly id: string
  readonly durationMinutes: number
  readonly bufferBeforeMinutes: number
  readonly bufferAfterMinutes: number
  readonly stepMinutes: number
  readonly leadMinutes: number
  readonly horizonDays: number
  readonly resourceKinds: readonly string[]
}

export interface CaseLocation {
  readonly id: string
  readonly timeZone: string
  readonly resources: readonly { readonly id: string; readonly kind: string }[]
  readonly closures: readonly Stretch[]
}

export interface CaseProvider {
  readonly id: string
  readonly performsIt: boolean
  readonly locationIds: readonly string[]
  readonly shifts: readonly CaseShift[]
  /** No location means everywhere. */
  readonly timeOff: readonly (Stretch & { readonly locationId: string | null })[]
  readonly extraHours: readonly (Stretch & { readonly locationId: string })[]
}

/** Wall-clock minutes from midnight of the day it begins on. */
export interface CaseShift {
  readonly locationId: string
  readonly weekday: number
  readonly fromMinute: number
  readonly toMinute: number
  readonly effectiveFrom: string
  readonly effectiveUntil: string | null
}

/** A visit: the pet for its own time, provider and resources with buffers. */
export interface Standing {
  readonly visit: Stretch
  readonly reserved: Stretch
  readonly petId: string
  readonly providerId: string
  readonly locationId: string
  readonly resourceIds: readonly string[]
}

/** A start that can be booked, by its instant and what the clock shows, and with whom, in order. */
export interface Offer {
  readonly startsAt: number
  readonly localStart: string
  readonly locationId: string
  readonly providerIds: readonly string[]
}
