import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { type DocumentJson, documentsOfVersion } from './documents.ts'

/** One version of a record as it is stored; `id` is the record's. */
export interface VersionRow {
  readonly id: string
  readonly version: number
  readonly occurredOn: string
  readonly content: Buffer
  readonly documents: readonly DocumentJson[] | null
  readonly status: 'current' | 'entered-in-error'
  readonly reason: Buffer | null
  readonly signedAt: string | null
  readonly authorId: string
  readonly authorName: string
  readonly createdAt: string
}

/** The versions of a record of this pet, newest first, those below `before`. */
export function listVersions(
  db: Queryable,
  petId: string,
  recordId: string,
  before: number | null,
  limit: number,
): Promise<VersionRow[]> {
  return db.rows({
    name: 'list-record-versions',
    text: `select r.id, h.version, h.occurred_on as "occurredOn", h.content, h.status, h.reason,
                  a.id as "authorId", a.name as "authorName", h.changed_at as "createdAt", g.signed_at as "signedAt",
                  ${documentsOfVersion} as documents
             from medical_records r
             join medical_record_versions h on h.record_id = r.id
             join accounts a on a.id = h.changed_by
             left join visit_note_signatures g on g.record_id = h.record_id and g.version = h.version
            where r.id = $2 and r.pet_id = $1 and ($3::integer is null or h.version < $3)
            order by h.version desc
            limit $4`,
    values: [petId, recordId, before, limit],
  })
}

export interface NewVersion {
  readonly id: string
  readonly version: number
  readonly occurredOn: string
  readonly content: Buffer
  readonly status: 'current' | 'entered-in-error'
  readonly reason: Buffer | null
  readonly changedBy: string
}

export async function insertVersion(tx: Tx, version: NewVersion): Promise<void> {
  await tx.rows({
    name: 'insert-record-version',
    text: `insert into medical_record_versions (record_id, version, occurred_on, content, status, reason, changed_by)
           values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      version.id,
      version.version,
      version.occurredOn,
      version.content,
      version.status,
      version.reason,
      version.changedBy,
    ],
  })
}
