import type { MedicalRecordVersion } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import { page } from '../../platform/http/cursor.ts'
import type { DataKey } from '../../platform/keys/data-key.ts'
import { accessTo } from './access.ts'
import { clinicalKey } from './clinical-key.ts'
import { openOrReport } from './damage.ts'
import { openDocuments } from './open-record.ts'
import { listVersions, type VersionRow } from './queries/versions.ts'
import { openContent, openReason } from './sealed-content.ts'

/**
 * A page of the versions of a record, newest first, those below `before`. The trail says so before they are shown.
 * @throws NotFound, AppError 403, DamagedRecord, AppError 503 when the trail cannot be written
 */
export async function listMedicalRecordVersions(
  { db, dataKeys, trail }: Context,
  actor: Person,
  petId: string,
  recordId: string,
  before: number | null,
  limit: number,
): Promise<{ items: MedicalRecordVersion[]; nextCursor: string | null }> {
  const { purpose } = await accessTo(db, actor, petId)
  const reading = listVersions(db, petId, recordId, before, limit + 1)
  const [rows, key] = await Promise.all([reading, clinicalKey(dataKeys, db, petId)])
  const [first] = rows
  if (!first) throw new NotFound()
  const { items, nextCursor } = page(rows, limit, ({ version }) => [String(version)])
  const versions = await openOrReport(trail, actor, 'medical-record.read', petId, () =>
    items.map((row) => openVersion(key, petId, row)),
  )
  const resource = { type: 'medical-record', id: first.id }
  await trail.append(actor, 'medical-record.read', { resource, petId, recordIds: [first.id], purpose })
  return { items: versions, nextCursor }
}

function openVersion(key: DataKey | undefined, petId: string, row: VersionRow): MedicalRecordVersion {
  const { description, details } = openContent(key, 'medical_record_versions', row)
  return {
    version: row.version,
    occurredOn: row.occurredOn,
    description,
    details,
    documents: openDocuments(key, petId, row.id, row.documents),
    status: row.status,
    author: { id: row.authorId, name: row.authorName },
    signedAt: row.signedAt,
    reason: openReason(key, row),
    createdAt: row.createdAt,
  }
}
