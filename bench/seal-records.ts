import { sealContent } from '../server/src/features/medical-records/sealed-content.ts'
import type { Context } from '../server/src/platform/context.ts'
import { transact } from '../server/src/platform/database/database.ts'
import { company, idOf, staffCount } from './company.ts'

const PETS_AT_ONCE = 200

/** Writes the records of the first pets, and their first versions, as the server would. */
export async function sealRecords(
  { db, dataKeys }: Pick<Context, 'db' | 'dataKeys'>,
  textOf: (pet: number, index: number) => string,
): Promise<void> {
  for (let first = 1; first <= company.petsWithRecords; first += PETS_AT_ONCE) {
    const pets = Array.from({ length: PETS_AT_ONCE }, (_, i) => first + i)
    await transact(db, async (tx) => {
      const keys = await dataKeys.createDataKeys(
        tx,
        'pet-clinical',
        pets.map((pet) => idOf('pet', pet)),
      )
      const rows = pets.flatMap((pet) => {
        const key = keys.get(idOf('pet', pet))
        if (!key) throw new Error(`Pet ${pet} has no key`)
        return Array.from({ length: company.recordsPerPet }, (_, index) => {
          const of = { id: idOf('rec', pet, index), version: 1 }
          const content = { description: textOf(pet, index), details: {} }
          return {
            id: of.id,
            petId: key.subjectId,
            authorId: idOf('staff-account', (pet % staffCount) + 1),
            occurredOn: new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10),
            current: sealContent(key, 'medical_records', of, content),
            version: sealContent(key, 'medical_record_versions', of, content),
          }
        })
      })
      await tx.rows({ text: insertRecords, values: columnsOf(rows) })
    })
  }
}

interface Row {
  readonly id: string
  readonly petId: string
  readonly authorId: string
  readonly occurredOn: string
  readonly current: Buffer
  readonly version: Buffer
}

function columnsOf(rows: readonly Row[]): unknown[] {
  const names = ['id', 'petId', 'authorId', 'occurredOn', 'current', 'version'] as const
  return names.map((name) => rows.map((row) => row[name]))
}

const insertRecords = `
  with fresh as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::bytea[], $6::bytea[])
      as row (id, pet_id, author_id, occurred_on, current, version)
  ), records as (
    insert into medical_records (id, pet_id, type, occurred_on, content, source, author_id)
    select id, pet_id, 'note', occurred_on, current, 'clinical', author_id from fresh
  )
  insert into medical_record_versions (record_id, version, occurred_on, content, status, changed_by)
  select id, 1, occurred_on, version, 'current', author_id from fresh`
