import type { MedicalRecord } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { DataKey } from '../../platform/keys/data-key.ts'
import { findRecord, type RecordRow, updateRecord } from './queries/records.ts'
import { insertVersion } from './queries/versions.ts'
import { type Content, sealContent, sealReason } from './sealed-content.ts'

/** What the next version of a record says. */
export interface NextVersion extends Content {
  readonly occurredOn: string
  readonly status: MedicalRecord['status']
  readonly verifiedBy: string | null
  readonly reason: string | null
}

/** Adds a version to a locked record, and gives the record back as it is stored now. */
export async function writeVersion(
  tx: Tx,
  actor: Person,
  key: DataKey,
  record: MedicalRecord,
  next: NextVersion,
): Promise<RecordRow> {
  const { occurredOn, status, verifiedBy } = next
  const of = { id: record.id, version: record.version + 1 }
  const content = sealContent(key, 'medical_records', of, next)
  const kept = sealContent(key, 'medical_record_versions', of, next)
  const reason = sealReason(key, of, next.reason)
  const [, , row] = await Promise.all([
    updateRecord(tx, { ...of, occurredOn, content, status, verifiedBy }),
    insertVersion(tx, { ...of, occurredOn, content: kept, status, reason, changedBy: actor.accountId }),
    findRecord(tx, record.petId, record.id),
  ])
  return row as RecordRow
}
