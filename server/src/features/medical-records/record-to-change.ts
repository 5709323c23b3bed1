import type { MedicalRecord } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { DataKey } from '../../platform/keys/data-key.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'
import { accessTo } from './access.ts'
import { clinicalKey } from './clinical-key.ts'
import { openRecord } from './open-record.ts'
import type { RecordAccess } from './policy.ts'
import { lockRecord, type RecordRow } from './queries/records.ts'

/** A locked record, opened, with its row and what opened it. */
export interface RecordToChange {
  readonly access: RecordAccess
  readonly record: MedicalRecord
  readonly row: RecordRow
  readonly key: DataKey
}

/**
 * Locks and opens a record that the actor may read.
 * @throws NotFound, AppError 403, DamagedRecord
 */
export async function recordToChange(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  petId: string,
  recordId: string,
): Promise<RecordToChange> {
  const access = await accessTo(tx, actor, petId)
  const [row, key] = await Promise.all([lockRecord(tx, petId, recordId), clinicalKey(dataKeys, tx, petId)])
  if (!row) throw new NotFound()
  return { access, record: openRecord(key, row), row, key: key as DataKey }
}
