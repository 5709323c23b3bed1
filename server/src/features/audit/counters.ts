import type { SealedEvent } from './queries/sealed-events.ts'

/** No transaction is under way for so long: a number that is still missing then was deleted. */
const MOST_UNDER_WAY_MS = 35_000

/** Follows the numbers that each process gave its events. */
export interface Counters {
  /** Whether any event so far had a number. */
  hasBegun(): boolean
  /** Takes an event in; says which number is missing when a process has gone on for too long without it. */
  missingAt(event: SealedEvent): { writer: string; counter: number; before: string } | null
}

interface Process {
  /** Every number up to here has come. */
  upTo: number
  /** Later numbers, and the first event that had one. */
  ahead: Set<number>
  since: { id: string; ms: number } | null
}

/** @param droppedBelow numbers of events that were dropped in due time are not missed */
export function openCounters(droppedBelow: ReadonlyMap<string, string>): Counters {
  const processes = new Map<string, Process>()
  const droppedUntil = Math.max(0, ...[...droppedBelow.values()].map(millisecondsOf))

  return {
    hasBegun: () => processes.size > 0,
    missingAt({ id, writer, counter }) {
      if (writer === null || counter === null) return null
      const ms = millisecondsOf(id)
      const seen = processes.get(writer) ?? { upTo: 0, ahead: new Set(), since: null }
      processes.set(writer, seen)
      if (ms < droppedUntil) seen.upTo = Math.max(seen.upTo, counter)
      else if (counter > seen.upTo + 1) {
        seen.ahead.add(counter)
        seen.since ??= { id, ms }
      } else seen.upTo = Math.max(seen.upTo, counter)
      for (; seen.ahead.delete(seen.upTo + 1); seen.upTo++) seen.since = { id, ms }
      if (seen.ahead.size === 0) seen.since = null
      const isLate = seen.since !== null && ms > seen.since.ms + MOST_UNDER_WAY_MS
      return isLate ? { writer, counter: seen.upTo + 1, before: (seen.since as { id: string }).id } : null
    },
  }
}

/** RFC 9562: a UUIDv7 begins with its time. */
export function millisecondsOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
