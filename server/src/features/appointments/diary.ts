/** Instants in epoch milliseconds, half-open: `from` is in, `to` is not. */
export type Span = { from: number; to: number }

/**
 * Spans in order, flat: from, to, from, to. As objects, those of a month of a company would be a hundred thousand for the
 * garbage collector to follow.
 */
export type Times = readonly number[]

/** What a service asks of its appointments. A kind named twice needs two distinct resources. The step divides a day. */
export type Terms = {
  durationMinutes: number
  bufferBeforeMinutes: number
  bufferAfterMinutes: number
  stepMinutes: number
  leadMinutes: number
  horizonDays: number
  resourceKinds: readonly string[]
}

/** A location. Closures stand in any order and may overlap. */
export type Place = {
  locationId: string
  /** To get there or away. */
  travelMinutes?: number
  timeZone: string
  closures: readonly Span[]
  resources: readonly { id: string; kind: string }[]
}

/**
 * Weekly hours in wall-clock minutes from midnight of the day they begin on (Monday is 1); past 1440 they run into the
 * next. They begin on dates in [effectiveFrom, effectiveUntil) only.
 */
export type Shift = {
  weekday: number
  fromMinute: number
  toMinute: number
  effectiveFrom: string | null
  effectiveUntil: string | null
}

/**
 * One provider at one place, once. `seat` is the provider's number there, from 0: which room of each kind they begin to look
 * at, so that those who are booked at one moment do not all want the first. Extra hours and time off stand in any order and
 * may overlap.
 */
export type Roster = {
  providerId: string
  locationId: string
  seat?: number
  /** Those they perform the service for; absent or null for every one. */
  species?: readonly string[] | null
  shifts: readonly Shift[]
  extra: readonly Span[]
  off: readonly Span[]
}

/** A reservation of a hold. One is void for whoever asks when it has expired, or is their own. */
export type HeldSpan = { holdId: string; subjectId: string; span: Span }

/** A provider's reservation at a place, with the time it takes to get there and away. */
export type Stay = { providerId: string; locationId: string; holdId: string | null; around: Span }

/**
 * All that decides about a start. `busy` maps a subject (provider, resource, pet) to its reservations, buffers
 * included, sorted by `from`; those of `voidHolds` are not in it, and have to go before their time can be reserved.
 */
export type Diary = {
  now: number
  terms: Terms
  places: readonly Place[]
  rosters: readonly Roster[]
  busy: ReadonlyMap<string, Times>
  voidHolds?: readonly HeldSpan[]
  /** Absent where nobody takes time to travel; those of void holds are apart. */
  stays?: { readonly standing: readonly Stay[]; readonly void: readonly Stay[] } | undefined
  /** That of the pet, where there is one. */
  species?: string | undefined
  /** What is to be said where there is no roster. */
  nobody?: 'skill' | 'not-offered'
}

/** Why a start cannot be booked, in the order in which reasons are listed. */
export const reasons = [
  'off-step',
  'lead-time',
  'horizon',
  'closed',
  'skill',
  'provider-off',
  'outside-hours',
  'provider-busy',
  'travel',
  'resource-taken',
  'pet-busy',
] as const

export type Reason = (typeof reasons)[number]

export const MINUTE = 60_000
export const DAY = 86_400_000
