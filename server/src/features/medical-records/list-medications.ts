import type { MedicationList } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import { findBedside } from './queries/bedside.ts'
import { countRefills, type Refills } from './queries/refills.ts'
import { originOf, type RecordOf, readRecords } from './read-records.ts'

/**
 * A pet's medications that have not ended, newest first.
 * @throws NotFound, AppError 403, DamagedRecord, AppError 503 when the trail cannot be written
 */
export async function listMedications(context: Context, actor: Person, petId: string): Promise<MedicationList> {
  const bedside = await findBedside(context.db, petId)
  if (!bedside) throw new NotFound()
  const shows = (record: RecordOf<'medication'>) => !hasEnded(record, bedside.today)
  const records = await readRecords(context, actor, { petId, type: 'medication', shows })
  const refills = await countRefills(
    context.db,
    records.map(({ id }) => id),
  )
  const byRecord = new Map(refills.map((counted) => [counted.recordId, counted]))
  return { petId, medications: records.map((record) => medicationOf(record, byRecord.get(record.id))) }
}

/** Its last day included, by the latest calendar that the company goes by. */
export function hasEnded({ details: { endsOn } }: Pick<RecordOf<'medication'>, 'details'>, today: string): boolean {
  return endsOn !== undefined && endsOn < today
}

function medicationOf(
  record: RecordOf<'medication'>,
  refills: Refills | undefined,
): MedicationList['medications'][number] {
  const { name, dose, route, frequency, schedule, startsOn, endsOn, refillsAllowed = 0 } = record.details
  return {
    name,
    dose: dose ?? null,
    route: route ?? null,
    frequency: frequency ?? null,
    schedule: schedule ?? null,
    startsOn: startsOn ?? record.occurredOn,
    endsOn: endsOn ?? null,
    refillsAllowed,
    // An amendment may allow fewer than were dispensed.
    refillsLeft: Math.max(0, refillsAllowed - (refills?.dispensed ?? 0)),
    lastRefilledAt: refills?.lastAt ?? null,
    ...originOf(record),
  }
}
