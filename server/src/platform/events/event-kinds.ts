import type { EventName } from '@petra/contract'

/** What an event is kept as: each kind has partitions and a time of its own. */
export type EventKind = 'access' | 'company' | 'record' | 'trail'

/** The longest kept first: what explains the trail itself, and what was done with pets and their records. */
const kinds: readonly (readonly [EventKind, RegExp])[] = [
  ['trail', /^(account\.erased|trail\.|alarm\.)/],
  [
    'record',
    /^(pet|pet-transfer|photo|medical-record|document|certificate|share|vaccination|vaccination-status|emergency-access|ownership|co-owner-invitation|data-key)\./,
  ],
  [
    'access',
    /^(session|token|password|password-reset|email|email-change|email-verification|registration|access|access-log|answer|audit|watch)\./,
  ],
]

const known = new Map<string, EventKind>()

/** The kind of an event, by the noun it begins with. */
export function kindOf(name: EventName): EventKind {
  const before = known.get(name)
  if (before) return before
  const kind = kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? 'company'
  known.set(name, kind)
  return kind
}
