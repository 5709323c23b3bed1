import type { Queryable } from '../../platform/database/database.ts'
import { localOf } from './local-time.ts'
import { type Held, readHeldBeside, type VisitAhead, visitsAhead } from './queries/rezoning.ts'

/** A visit whose instant is not what its local time means by the zone's rules of today. */
export interface DriftedVisit extends VisitAhead {
  /** Milliseconds from the instant it has to the one it should have. */
  readonly shift: number
  /** At its new instant it would meet another visit, or the clock no longer shows its time. */
  readonly isInConflict: boolean
}

/**
 * The visits ahead that no longer begin when they say (a zone's rules have changed), in the order in which they can give way
 * to each other: those that go back from the earliest on, those that go ahead from the latest.
 */
export async function findDriftedVisits(db: Queryable): Promise<DriftedVisit[]> {
  const drifted: (VisitAhead & { shift: number; isMissing: boolean })[] = []
  for await (const visits of visitsAhead(db)) {
    for (const visit of visits) {
      const startsAt = Date.parse(visit.startsAt)
      if (localOf(startsAt, visit.timeZone) === visit.localStart) continue
      const local = Temporal.PlainDateTime.from(visit.localStart)
      // A time that happens twice is the first of the two.
      const meant = local.toZonedDateTime(visit.timeZone)
      const isMissing = !meant.toPlainDateTime().equals(local)
      drifted.push({ ...visit, shift: meant.epochMilliseconds - startsAt, isMissing })
    }
  }
  const shifts = new Map(drifted.filter(({ isMissing }) => !isMissing).map(({ id, shift }) => [id, shift]))
  const conflicts = meetingAfter(await readHeldBeside(db, [...shifts.keys()]), shifts)
  return drifted
    .map(({ isMissing, ...visit }) => ({ ...visit, isInConflict: isMissing || conflicts.has(visit.id) }))
    .sort((a, b) => a.shift - b.shift || Math.sign(a.shift) * (Date.parse(b.startsAt) - Date.parse(a.startsAt)))
}

/** The ids of shifted visits that would meet another one once all of them are shifted. */
function meetingAfter(held: readonly Held[], shifts: ReadonlyMap<string, number>): Set<string> {
  const meeting = new Set<string>()
  for (const ofSubject of Map.groupBy(held, ({ subjectId }) => subjectId).values()) {
    const shifted = ofSubject
      .map(({ appointmentId, span }) => {
        const shift = shifts.get(appointmentId) ?? 0
        return { appointmentId, from: span.from + shift, to: span.to + shift }
      })
      .sort((a, b) => a.from - b.from)
    let last = shifted[0]
    for (const next of shifted.slice(1)) {
      if (last && next.from < last.to)
        for (const { appointmentId } of [last, next]) if (shifts.has(appointmentId)) meeting.add(appointmentId)
      if (!last || next.to > last.to) last = next
    }
  }
  return meeting
}
