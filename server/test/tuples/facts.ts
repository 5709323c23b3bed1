import type { AppointmentStatus, MedicalRecord, RecordType, Role } from '@petra/contract'

/** A made-up company as plain facts. Instants are milliseconds since the epoch; ids are known once it stands in a database. */
export interface Facts {
  readonly start: number
  readonly accounts: readonly Account[]
  readonly places: readonly Place[]
  readonly providers: readonly Provider[]
  readonly pets: readonly Pet[]
  readonly ownerships: readonly Ownership[]
  readonly visits: readonly Visit[]
  readonly emergencies: readonly Emergency[]
  readonly entries: readonly Entry[]
}

export interface Account {
  id: string
  readonly name: string
  readonly roles: readonly Role[]
}

export interface Place {
  readonly id: string
  readonly requiresRabies: boolean
}

export interface Provider {
  readonly id: string
  /** Whose roles may be others by now. */
  readonly account: Account
  readonly role: 'groomer' | 'veterinarian'
  readonly places: readonly Place[]
}

export interface Pet {
  readonly id: string
  readonly name: string
  readonly microchip: string
  /** Archived, or never there. */
  readonly isGone: boolean
}

export interface Ownership {
  readonly pet: Pet
  readonly owner: Account
  readonly rights: readonly ('view' | 'book' | 'records' | 'manage')[]
  readonly since: number
  /** Null while it lasts. */
  readonly until: number | null
}

export interface Visit {
  readonly id: string
  readonly pet: Pet
  readonly provider: Provider
  readonly place: Place
  readonly kind: 'grooming' | 'veterinary'
  readonly status: AppointmentStatus
  readonly startsAt: number
  readonly endsAt: number
  readonly isBookedByVet: boolean
}

export interface Emergency {
  readonly pet: Pet
  readonly vet: Account
  readonly until: number
}

export interface Entry {
  id: string
  readonly pet: Pet
  readonly type: RecordType
  /** A word of its description that no other entry has. */
  readonly word: string
  readonly author: Account
  readonly source: MedicalRecord['source']
  readonly isVerified: boolean
  readonly status: MedicalRecord['status']
}
