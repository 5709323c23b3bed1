import type { Tx } from '../../../platform/database/database.ts'

/** Locks the pet, so that of two weights written at once the second sees the first. */
export async function lockWeight(tx: Tx, petId: string): Promise<void> {
  await tx.rows({ text: `select from pets where id = $1 for no key update`, values: [petId] })
}

/** The latest weight record that a vet made or verified. */
export function findLatestWeight(
  tx: Tx,
  petId: string,
): Promise<{ id: string; version: number; content: Buffer } | undefined> {
  return tx.row({
    text: `select id, version, content
             from medical_records
            where pet_id = $1 and status = 'current' and type = 'weight'
              and (source = 'clinical' or verified_by is not null)
            order by occurred_on desc, id desc
            limit 1`,
    values: [petId],
  })
}

export async function setWeight(tx: Tx, petId: string, grams: number): Promise<void> {
  await tx.rows({
    text: `update pets set weight_grams = $2, updated_at = clock_now() where id = $1 and weight_grams is distinct from $2`,
    values: [petId, grams],
  })
}

/** Forgets the pet's weight, if it is this one. */
export async function clearWeight(tx: Tx, petId: string, grams: number): Promise<void> {
  await tx.rows({
    text: `update pets set weight_grams = null, updated_at = clock_now() where id = $1 and weight_grams = $2`,
    values: [petId, grams],
  })
}
