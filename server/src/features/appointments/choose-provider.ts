import type { Queryable } from '../../platform/database.ts'
import type { Candidate } from './candidates.ts'
import { localOf } from './local-time.ts'
import { readWorkload, type Workload } from './queries/appointments.ts'

/** The candidate with the fewest visits on that day, ties by who was given one longest ago (rule 10). */
export async function chooseProvider(
  db: Queryable,
  candidates: readonly Candidate[],
  startsAt: number,
): Promise<Candidate> {
  const [first, ...others] = candidates
  if (!first) throw new Error('There is nobody to choose from')
  if (others.length === 0) return first
  const day = localOf(startsAt, first.place.timeZone).slice(0, 10)
  const workload = await readWorkload(
    db,
    candidates.map(({ providerId }) => providerId),
    day,
  )
  const loadOf = ({ providerId }: Candidate) => workload.get(providerId) ?? { visits: 0, lastAssignedAt: null }
  return others.reduce((best, candidate) => (isLighter(loadOf(candidate), loadOf(best)) ? candidate : best), first)
}

function isLighter(a: Workload, b: Workload): boolean {
  return a.visits !== b.visits ? a.visits < b.visits : (a.lastAssignedAt ?? 0) < (b.lastAssignedAt ?? 0)
}
