/** A whole company as far as it decides about free times, and a question about them. Instants in epoch milliseconds. */
export interface BookingCase {
  readonly seed: number
  readonly now: number
  readonly service: CaseTerms
  readonly locations: readonly CaseLocation[]
  readonly providers: readonly CaseProvider[]
  /** Appointments and holds, none of which takes what another has. */
  readonly standing: readonly Standing[]
  readonly asked: {
    readonly date: string
    readonly days: number
    readonly locationId: string | undefined
    readonly providerId: string | undefined
    /** A room or table that is wanted. */
    readonly resourceId: string | undefined
    readonly petId: string | undefined
  }
  /**
   * The first may be the one that is asked for, and has visits as the second has. The last has none, and is of a kind that everybody
   * takes and that takes no time of its own: what is offered without a pet is booked for it.
   */
  readonly pets: readonly [CasePet, CasePet, CasePet]
}

/** From the first instant on, and no longer at the second. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

export interface CasePet {
  readonly id: string
  readonly species: string
  readonly weightGrams: number | null
}

export interface CaseTerms {
  readonly id: string
  readonly durationMinutes: number
  /** For pets of a species from one weight on, and below another. */
  readonly durations: readonly {
    readonly species: string
    readonly fromGrams: number
    readonly belowGrams: number | null
    readonly durationMinutes: number
  }[]
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
  readonly travelMinutes: number
  readonly resources: readonly { readonly id: string; readonly kind: string }[]
  readonly closures: readonly Stretch[]
}

export interface CaseProvider {
  readonly id: string
  readonly performsIt: boolean
  /** Null for all of them. */
  readonly species: readonly string[] | null
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

/** A visit or a hold: the pet for its own time, provider and resources with buffers. */
export interface Standing {
  readonly hold: null | 'mine' | 'expired' | 'of another'
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
