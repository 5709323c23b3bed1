import type { Tx } from '../../platform/database/database.ts'
import type { Candidate } from './candidates.ts'
import { localOf } from './local-time.ts'
import { findLastProvider, lockTurns, readWorkload, type Workload } from './queries/assignments.ts'
import type { Service } from './timetable.ts'

/**
 * Whom a visit is given to: the candidate whom the pet saw last for this kind of service, else the one with the fewest
 * visits on that day, ties by who was given one longest ago (rule 10). Those who choose for a day at the same moment take
 * turns, or all of them would choose the same.
 */
export async function chooseProvider(
  tx: Tx,
  candidates: readonly Candidate[],
  { service, startsAt, petId }: { service: Service; startsAt: number; petId?: string | undefined },
): Promise<Candidate> {
  const [first, ...others] = candidates
  if (!first) throw new Error('There is nobody to choose from')
  if (others.length === 0) return first
  const lastSeen = petId && (await findLastProvider(tx, petId, service.kind))
  const known = candidates.find(({ providerId }) => providerId === lastSeen)
  if (known) return known
  const day = localOf(startsAt, first.place.timeZone).slice(0, 10)
  const providerIds = candidates.map(({ providerId }) => providerId)
  const turns = candidates.map(({ place }) => `${service.id} ${place.locationId} ${day}`)
  const [, workload] = await Promise.all([lockTurns(tx, turns), readWorkload(tx, providerIds, day)])
  const loadOf = ({ providerId }: Candidate) => workload.get(providerId) ?? { visits: 0, lastAssignedAt: null }
  return others.reduce((best, candidate) => (isLighter(loadOf(candidate), loadOf(best)) ? candidate : best), first)
}

function isLighter(a: Workload, b: Workload): boolean {
  return a.visits !== b.visits ? a.visits < b.visits : (a.lastAssignedAt ?? 0) < (b.lastAssignedAt ?? 0)
}
