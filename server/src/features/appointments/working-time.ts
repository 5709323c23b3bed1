import { MINUTE, type Roster, type Times } from './diary.ts'
import type { LocalDay } from './local-time.ts'
import { merged } from './spans.ts'
import type { Piece } from './zone-pieces.ts'

/**
 * A roster's weekly hours that begin on `days`, and all its extra hours, merged. `pieces` are the zone's, from a day
 * before the first to two days after the last.
 */
export function workingTime(roster: Roster, days: readonly LocalDay[], pieces: readonly Piece[]): Times {
  const spans = [...roster.extra]
  for (const day of days) {
    // Nobody begins a shift on a day that the zone skipped.
    if (day.pieces.length === 0) continue
    for (const shift of roster.shifts) {
      if (shift.weekday !== day.weekday) continue
      if (shift.effectiveFrom !== null && day.date < shift.effectiveFrom) continue
      if (shift.effectiveUntil !== null && day.date >= shift.effectiveUntil) continue
      const from = instantOfWall(day.midnight + shift.fromMinute * MINUTE, pieces)
      const to = instantOfWall(day.midnight + shift.toMinute * MINUTE, pieces)
      spans.push({ from, to })
    }
  }
  return merged(spans)
}

/**
 * Both ends of a shift are read as RFC 5545 (3.3.5) and Temporal's `compatible` do: a time that happens twice is the
 * first of the two, and one in a gap is read with the offset before it, so 02:30 becomes 03:30. A shift from inside a
 * gap may thus end up before it begins; it is then empty.
 */
function instantOfWall(wall: number, pieces: readonly Piece[]): number {
  let before = pieces[0]?.offset ?? 0
  for (const { from, to, offset } of pieces) {
    if (wall - offset < to) return wall - (wall - offset < from ? before : offset)
    before = offset
  }
  return wall - before
}
