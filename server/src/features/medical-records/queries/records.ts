import type { MedicalRecord, RecordType } from '@petra/contract'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { unnested } from '../../../platform/database/set-based.ts'
import { type DocumentJson, documentsOfRecord } from './documents.ts'

/** A record as it is stored. */
export interface RecordRow extends Pick<MedicalRecord, 'id' | 'version'> {
  /** What of it is neither sealed nor hangs on it, with the names of its people: fields of JSON, a comma behind each. */
  readonly fields: string
  readonly content: Buffer
  readonly attached?: Attached | undefined
}

/** What hangs on a record: a visit note's signature and addenda, and documents. */
export interface Attached {
  readonly petId: string
  readonly signedAt: string | null
  readonly addendumIds: string[]
  readonly documents: readonly DocumentJson[] | null
}

export interface RecordFilter {
  readonly type: RecordType | null
  /** The first and the last day. */
  readonly from: string | null
  readonly to: string | null
  /** The visit they come from. */
  readonly appointmentId: string | null
}

const selectRecords = `
  select r.id, r.pet_id as "petId", r.type, r.occurred_on as "occurredOn", r.content, r.source, r.status, r.version,
         r.created_at as "createdAt", r.updated_at as "updatedAt", a.id as "author.id", a.name as "author.name",
         v.id as "verifiedBy.id", v.name as "verifiedBy.name", r.appointment_id as "appointmentId", r.addendum_to as "addendumTo",
         case when r.type = 'visit-note' or r.addendum_to is not null then r.created_at + interval '24 hours' end as "locksAt",
         r.has_documents or r.type = 'visit-note' or r.addendum_to is not null as "mayBear"
    from medical_records r
    join accounts a on a.id = r.author_id
    left join accounts v on v.id = r.verified_by`

/** The names of all other columns are those of the record's fields. */
const passedOn = { apart: ['content', 'mayBear'], read: ['id', 'version'] }

type BareRow = Omit<RecordRow, 'attached'> & { readonly mayBear: boolean }

/** Looked up apart, and only where there can be any: in the statement above it was a third of what a list costs. */
async function withAttached(db: Queryable, rows: BareRow[]): Promise<RecordRow[]> {
  const bearers = rows.filter(({ mayBear }) => mayBear).map(({ id }) => id)
  if (bearers.length === 0) return rows
  const found = await db.rows<Attached & { id: string }>({
    name: 'find-attached',
    text: `select r.id, r.pet_id as "petId", ${documentsOfRecord} as documents,
                  (select signed_at from visit_note_signatures where record_id = r.id and version = r.version) as "signedAt",
                  array(select id from medical_records where addendum_to = r.id and status = 'current' order by id) as "addendumIds"
             from medical_records r
            where r.id = any ($1)`,
    values: [bearers],
  })
  const attached = new Map(found.map(({ id, ...rest }) => [id, rest]))
  return rows.map((row) => ({ ...row, attached: attached.get(row.id) }))
}

/** The current records of a pet, newest first, from a cursor (day and id) on. The plain first page keeps a plan of its own. */
export async function listRecords(
  db: Queryable,
  petId: string,
  { type, from, to, appointmentId }: RecordFilter,
  after: readonly string[] | null,
  limit: number,
): Promise<RecordRow[]> {
  const isPlain = [type, from, to, appointmentId, after].every((narrowed) => narrowed === null)
  const rows = isPlain
    ? await listFirst(db, petId, limit)
    : await db.rows<BareRow>({
        name: 'list-some-records',
        text: recordsOf('$1', someRecords, '$2'),
        passedOn,
        values: [petId, limit, type, from, to, after?.[0] ?? null, after?.[1] ?? null, appointmentId],
      })
  return withAttached(db, rows)
}

function listFirst(db: Queryable, petId: string, limit: number): Promise<BareRow[]> {
  return db.rows({
    name: 'list-records',
    text: firstRecords,
    passedOn,
    values: [[petId], [limit]],
    isSetBased: true,
  })
}

function recordsOf(petId: string, further: string, limit: string): string {
  return `${selectRecords}
            where r.pet_id = ${petId} and r.status = 'current' ${further}
            order by r.occurred_on desc, r.id desc
            limit ${limit}`
}

const firstRecords = `select asked.asker, r.*
  from ${unnested('asked', { asker: 'int', pet_id: 'uuid', most: 'int' })},
       lateral (${recordsOf('asked.pet_id', '', 'asked.most')}) as r`

const someRecords = `
  and ($3::text is null or r.type = $3)
  and ($4::date is null or r.occurred_on >= $4) and ($5::date is null or r.occurred_on <= $5)
  and ($6::date is null or (r.occurred_on, r.id) < ($6, $7::uuid))
  and ($8::uuid is null or r.appointment_id = $8)`

export async function findRecord(db: Queryable, petId: string, recordId: string): Promise<RecordRow | undefined> {
  const rows = await db.rows<BareRow>({
    name: 'find-record',
    text: `${selectRecords} where r.id = $2 and r.pet_id = $1`,
    passedOn,
    values: [petId, recordId],
  })
  return (await withAttached(db, rows))[0]
}

/** Locks a record, and reads it as it is once the lock is won. */
export async function lockRecord(tx: Tx, petId: string, recordId: string): Promise<RecordRow | undefined> {
  const lock = { text: `select from medical_records where id = $1 for no key update`, values: [recordId] }
  const [, row] = await Promise.all([tx.rows(lock), findRecord(tx, petId, recordId)])
  return row
}

export interface NewRecord {
  readonly id: string
  readonly petId: string
  readonly type: RecordType
  readonly occurredOn: string
  readonly content: Buffer
  readonly source: 'clinical' | 'owner-reported'
  readonly authorId: string
  readonly appointmentId: string | null
  readonly addendumTo: string | null
}

export async function insertRecord(tx: Tx, record: NewRecord): Promise<void> {
  await tx.rows({
    name: 'insert-record',
    text: `insert into medical_records (id, pet_id, type, occurred_on, content, source, author_id, appointment_id, addendum_to)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      record.id,
      record.petId,
      record.type,
      record.occurredOn,
      record.content,
      record.source,
      record.authorId,
      record.appointmentId,
      record.addendumTo,
    ],
  })
}

export interface RecordChange {
  readonly id: string
  readonly version: number
  readonly occurredOn: string
  readonly content: Buffer
  readonly verifiedBy: string | null
  readonly status: 'current' | 'entered-in-error'
}

export async function updateRecord(tx: Tx, change: RecordChange): Promise<void> {
  await tx.rows({
    text: `update medical_records
              set version = $2, occurred_on = $3, content = $4, verified_by = $5, status = $6, updated_at = clock_now()
            where id = $1`,
    values: [change.id, change.version, change.occurredOn, change.content, change.verifiedBy, change.status],
  })
}

export async function setVerifier(tx: Tx, recordId: string, verifiedBy: string): Promise<void> {
  await tx.rows({
    text: `update medical_records set verified_by = $2, updated_at = clock_now() where id = $1`,
    values: [recordId, verifiedBy],
  })
}
