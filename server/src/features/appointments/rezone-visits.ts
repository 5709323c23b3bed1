import { type Db, transact } from '../../platform/database/database.ts'
import { AppError } from '../../platform/errors.ts'
import { instantText } from './asked-time.ts'
import { type DriftedVisit, findDriftedVisits } from './find-drifted-visits.ts'
import { rezoneVisit } from './rezone-visit.ts'

/** What came of a visit that had drifted; `unmoved` when nothing was to be done yet, or somebody else has changed it. */
export interface Rezoned extends Pick<DriftedVisit, 'id' | 'localStart' | 'timeZone' | 'startsAt'> {
  readonly shouldStartAt: string
  readonly outcome: 'unmoved' | 'moved' | 'conflict'
}

/**
 * Finds the visits ahead that a change of their zone's rules has put at another local time, and moves each back to it in a
 * transaction of its own, unless that is only to be tried. What conflicts stays where it is.
 */
export async function rezoneVisits(db: Db, isApplied: boolean): Promise<Rezoned[]> {
  const rezoned: Rezoned[] = []
  for (const visit of await findDriftedVisits(db)) {
    const { id, localStart, timeZone, startsAt } = visit
    const shouldStartAt = instantText(Date.parse(startsAt) + visit.shift)
    rezoned.push({ id, localStart, timeZone, startsAt, shouldStartAt, outcome: await outcomeOf(db, visit, isApplied) })
  }
  return rezoned
}

async function outcomeOf(db: Db, visit: DriftedVisit, isApplied: boolean): Promise<Rezoned['outcome']> {
  if (visit.isInConflict) return 'conflict'
  if (!isApplied) return 'unmoved'
  try {
    return (await transact(db, (tx) => rezoneVisit(tx, visit))) ? 'moved' : 'unmoved'
  } catch (error) {
    if (error instanceof AppError) return 'conflict'
    throw error
  }
}
