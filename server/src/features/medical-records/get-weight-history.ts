import type { WeightHistory } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { originOf, readRecords } from './read-records.ts'

/**
 * A pet's weight records as a series, oldest first.
 * @throws NotFound, AppError 403, DamagedRecord, AppError 503 when the trail cannot be written
 */
export async function getWeightHistory(
  context: Context,
  actor: Person,
  petId: string,
  days: { from?: string; to?: string },
): Promise<WeightHistory> {
  const records = await readRecords(context, actor, { petId, type: 'weight', ...days })
  const points = records.toReversed().map((record) => ({
    on: record.occurredOn,
    grams: record.details.grams,
    bodyConditionScore: record.details.bodyConditionScore ?? null,
    ...originOf(record),
  }))
  return { petId, points }
}
