import type { Queryable } from '../../platform/database/database.ts'
import type { HeldSpan, Span, Times } from './diary.ts'
import { readHolds } from './queries/holds.ts'
import { readBusy } from './queries/reservations.ts'
import { type ProviderReservation, readWhereabouts } from './queries/stays.ts'

/** Where what is reserved is read. */
export interface Taken {
  /** The reservations of subjects that meet a span, by subject and in order, with the database's clock. */
  busy(subjectIds: readonly string[], span: Span): Promise<{ now: number; busy: Map<string, Times> }>
  /** What is reserved by holds that are void for an account, having expired or being its own, or by those that keep it out. */
  holds(
    which: 'void' | 'standing',
    subjectIds: readonly string[],
    span: Span,
    accountId: string | null,
  ): Promise<HeldSpan[]>
  /** Where providers are within a span. */
  whereabouts(providerIds: readonly string[], span: Span): Promise<ProviderReservation[]>
}

/**
 * What is reserved as a transaction, or whoever reads, finds it in the database.
 * @param ignoring an appointment whose own reservations do not count
 */
export function takenIn(db: Queryable, ignoring?: string): Taken {
  return {
    busy: (subjectIds, span) => readBusy(db, subjectIds, span, ignoring),
    holds: (which, subjectIds, span, accountId) => readHolds(db, which, subjectIds, span, accountId),
    whereabouts: (providerIds, span) => readWhereabouts(db, providerIds, span, ignoring),
  }
}
