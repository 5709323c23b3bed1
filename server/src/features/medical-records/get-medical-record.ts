import type { MedicalRecord } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import { accessTo } from './access.ts'
import { clinicalKey } from './clinical-key.ts'
import { openOrReport } from './damage.ts'
import { openRecord } from './open-record.ts'
import { findRecord } from './queries/records.ts'

/**
 * One record as it stands, entered in error or not. The trail says so before it is shown.
 * @throws NotFound, AppError 403, DamagedRecord, AppError 503 when the trail cannot be written
 */
export async function getMedicalRecord(
  { db, dataKeys, trail }: Context,
  actor: Person,
  petId: string,
  recordId: string,
): Promise<MedicalRecord> {
  const { purpose } = await accessTo(db, actor, petId)
  const [row, key] = await Promise.all([findRecord(db, petId, recordId), clinicalKey(dataKeys, db, petId)])
  if (!row) throw new NotFound()
  const record = await openOrReport(trail, actor, 'medical-record.read', petId, () => openRecord(key, row))
  const resource = { type: 'medical-record', id: row.id }
  await trail.append(actor, 'medical-record.read', { resource, petId, recordIds: [row.id], purpose })
  return record
}
