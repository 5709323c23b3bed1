import type { Availability } from '@petra/contract'
import { MINUTE, type Span } from './diary.ts'
import type { Page } from './open-books.ts'
import type { Timetable } from './timetable.ts'

/** What a search was answered by, and how to see that it would be so again. */
export interface KeptSearch {
  readonly timetable: Timetable
  readonly subjectIds: readonly string[]
  readonly span: Span
  readonly stamp: number
  /** When it was read by the database's clock, and up to when the clock alone changes nothing. */
  readonly from: number
  readonly to: number
  readonly answer: Availability
}

/** Answers that are given again for as long as nothing they depend on has changed. */
export interface KeptSearches {
  /** The answer that was given to a search, if it is still the right one; frozen. */
  find(search: string, timetable: Timetable, page: Page): Promise<Availability | undefined>
  keep(search: string, kept: KeptSearch): void
}

/** Of starts and those who are free then; some 5 MB. */
const MOST = 100_000

export function openKeptSearches(): KeptSearches {
  const searches = new Map<string, KeptSearch>()
  let size = 0

  function drop(search: string): void {
    const kept = searches.get(search)
    if (!kept) return
    searches.delete(search)
    size -= sizeOf(kept.answer)
  }

  return {
    async find(search, timetable, page) {
      const kept = searches.get(search)
      if (!kept) return undefined
      if (kept.timetable === timetable) {
        const { now, stamp } = await page.stamp(kept.subjectIds, kept.span)
        if (stamp === kept.stamp && kept.from <= now && now < kept.to) return kept.answer
      }
      drop(search)
      return undefined
    },
    keep(search, kept) {
      drop(search)
      searches.set(search, kept)
      size += sizeOf(kept.answer)
      for (const oldest of searches.keys()) {
        if (size <= MOST) break
        drop(oldest)
      }
    },
  }
}

/**
 * Up to when a search's answer stands if nothing but the clock moves: its first start comes within the lead time, or at midnight
 * somewhere a day comes within the horizon. All zones have theirs at a quarter of an hour.
 */
export function standsUntil(now: number, { slots }: Availability, leadMinutes: number): number {
  const [first] = slots
  const quarter = (Math.floor(now / QUARTER) + 1) * QUARTER
  return first ? Math.min(quarter, Date.parse(first.startsAt) - leadMinutes * MINUTE) : quarter
}

const QUARTER = 15 * MINUTE

function sizeOf({ slots }: Availability): number {
  return slots.reduce((sum, { providerIds }) => sum + 2 + providerIds.length, 10)
}
