import type { ProblemList } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { originOf, type RecordOf, readRecords } from './read-records.ts'

/**
 * A pet's active diagnoses, newest first.
 * @throws NotFound, AppError 403, DamagedRecord, AppError 503 when the trail cannot be written
 */
export async function listProblems(context: Context, actor: Person, petId: string): Promise<ProblemList> {
  const shows = ({ details: { active } }: RecordOf<'diagnosis'>) => active !== false
  const records = await readRecords(context, actor, { petId, type: 'diagnosis', shows })
  const problems = records.map((record) => ({
    name: record.details.name,
    code: record.details.code ?? null,
    system: record.details.system ?? null,
    since: record.occurredOn,
    ...originOf(record),
  }))
  return { petId, problems }
}
