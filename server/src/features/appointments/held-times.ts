import type { HeldSpan, Span } from './diary.ts'
import type { KnownHold, Reserved } from './queries/books.ts'

/** Every hold there is, expired or not, and what it has reserved: some dozens. */
export interface HeldTimes {
  /** Notes a hold, or that it lasts longer. */
  note(hold: KnownHold): void
  take(reserved: Reserved): void
  /** Forgets the hold whose reservations were given back. */
  free(holdId: string): void
  /** What is reserved of subjects within a span by holds that are void for an account at an instant, or by the others. */
  within(
    which: 'void' | 'standing',
    subjectIds: ReadonlySet<string>,
    span: Span,
    accountId: string | null,
    now: number,
  ): HeldSpan[]
  /** Whether no hold, standing or void, has any of the subjects within a span. */
  isFree(subjectIds: ReadonlySet<string>, span: Span): boolean
}

export function openHeldTimes(): HeldTimes {
  const holds = new Map<string, KnownHold & { readonly spans: Map<string, Span> }>()

  function* meeting({ spans }: { spans: Map<string, Span> }, subjectIds: ReadonlySet<string>, span: Span) {
    for (const [subjectId, held] of spans)
      if (subjectIds.has(subjectId) && held.from < span.to && span.from < held.to) yield { subjectId, span: held }
  }

  return {
    note(hold) {
      holds.set(hold.id, { ...hold, spans: holds.get(hold.id)?.spans ?? new Map() })
    },
    take({ subjectId, span, holdId = '' }) {
      holds.get(holdId)?.spans.set(subjectId, span)
    },
    free(holdId) {
      holds.delete(holdId)
    },
    within(which, subjectIds, span, accountId, now) {
      const found: HeldSpan[] = []
      for (const hold of holds.values()) {
        if ((hold.expiresAt <= now || hold.accountId === accountId) !== (which === 'void')) continue
        for (const met of meeting(hold, subjectIds, span)) found.push({ holdId: hold.id, ...met })
      }
      return found
    },
    isFree: (subjectIds, span) => holds.values().every((hold) => meeting(hold, subjectIds, span).next().done),
  }
}
