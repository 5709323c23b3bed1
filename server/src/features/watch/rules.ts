import type { EventName, WatchRule } from '@petra/contract'

/** An event of the trail, as far as the rules look at it. */
export interface WatchedEvent {
  readonly id: string
  readonly kind: string
  readonly name: EventName
  readonly outcome: 'allowed' | 'denied' | 'failed'
  /** An instant. */
  readonly at: string
  readonly accountId: string
  readonly petId: string | null
  /** Of a sign-in, where it is known: ISO 3166-1, two letters. */
  readonly country: string | null
  /** How many refusals the event stands for. */
  readonly count: number
}

/** What the rules have to know of the time before, by account. Instants are in milliseconds. */
export interface Memory {
  /** When each pet's records were opened last. */
  readonly opened: Map<string, Map<string, number>>
  readonly refusals: Map<string, { readonly inARow: number; readonly lastAt: number }>
  /** Where it has signed in from. */
  readonly countries: Map<string, Set<string>>
  /** The last alarm of each rule. */
  readonly raised: Map<string, Map<WatchRule, number>>
}

export interface Sighting {
  readonly rule: WatchRule
  readonly accountId: string
  /** The event that was one too many, and when it was. */
  readonly eventId: string
  readonly at: number
}

export const MOST_PETS_AN_HOUR = 50
export const REFUSALS_IN_A_ROW = 20
export const HOUR_MS = 3_600_000

/**
 * Holds events, in the order of the log, against every rule, and keeps what the next events need in the memory. Of one
 * account and rule there is one sighting within an hour.
 */
export function look(events: readonly WatchedEvent[], memory: Memory): Sighting[] {
  return events.flatMap((event) => {
    const at = Date.parse(event.at)
    // Each rule sees each event: they remember, too.
    const broken = rules.filter(([, isBroken]) => isBroken(event, at, memory)).map(([rule]) => rule)
    return broken
      .filter((rule) => isNews(rule, event.accountId, at, memory))
      .map((rule) => ({ rule, accountId: event.accountId, eventId: event.id, at }))
  })
}

type Rule = (event: WatchedEvent, at: number, memory: Memory) => boolean

const rules: readonly (readonly [WatchRule, Rule])[] = [
  ['many-pets-opened', opensManyPets],
  ['emergency-access', ({ name, outcome }) => name === 'emergency-access.granted' && outcome === 'allowed'],
  ['new-country', signsInFromNewCountry],
  ['refusals-in-a-row', isRefusedAgain],
]

const opening: ReadonlySet<EventName> = new Set<EventName>([
  'medical-record.read',
  'medical-record.listed',
  'medical-record.document-read',
  'medical-record.exported',
])

function opensManyPets({ name, outcome, accountId, petId }: WatchedEvent, at: number, { opened }: Memory): boolean {
  if (!opening.has(name) || outcome !== 'allowed' || petId === null) return false
  const pets = opened.get(accountId) ?? new Map<string, number>()
  opened.set(accountId, pets)
  // Whatever commits late must not make a look older than it is.
  pets.set(petId, Math.max(at, pets.get(petId) ?? at))
  if (pets.size > MOST_PETS_AN_HOUR) {
    for (const [pet, openedAt] of pets) if (openedAt <= at - HOUR_MS) pets.delete(pet)
  }
  return pets.size > MOST_PETS_AN_HOUR
}

/** The first country that is known of an account is its own. */
function signsInFromNewCountry({ name, accountId, country }: WatchedEvent, _: number, { countries }: Memory): boolean {
  if (name !== 'session.started' || country === null) return false
  const known = countries.get(accountId) ?? new Set()
  countries.set(accountId, known)
  const isNew = known.size > 0 && !known.has(country)
  known.add(country)
  return isNew
}

/**
 * What is allowed ends a row, unless it only keeps an account signed in; so does an hour without a refusal. A conflict or an
 * error of the caller is no refusal, and ends none.
 */
function isRefusedAgain(event: WatchedEvent, at: number, { refusals }: Memory): boolean {
  const { kind, outcome, accountId, count } = event
  if (outcome === 'allowed' && kind !== 'access') refusals.delete(accountId)
  if (outcome !== 'denied') return false
  const before = refusals.get(accountId)
  const inARow = (before && before.lastAt > at - HOUR_MS ? before.inARow : 0) + count
  refusals.set(accountId, { inARow, lastAt: at })
  return inARow >= REFUSALS_IN_A_ROW
}

function isNews(rule: WatchRule, accountId: string, at: number, { raised }: Memory): boolean {
  const alarms = raised.get(accountId) ?? new Map<WatchRule, number>()
  raised.set(accountId, alarms)
  if ((alarms.get(rule) ?? Number.NEGATIVE_INFINITY) > at - HOUR_MS) return false
  alarms.set(rule, at)
  return true
}
