import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** How often a medication was dispensed again, and when last; it is listed only where it was. */
export interface Refills {
  readonly recordId: string
  readonly dispensed: number
  readonly lastAt: string
}

export function countRefills(db: Queryable, recordIds: readonly string[]): Promise<Refills[]> {
  return db.rows({
    name: 'count-refills',
    text: `select record_id as "recordId", max(number)::integer as dispensed, max(dispensed_at) as "lastAt"
             from medication_refills
            where record_id = any ($1)
            group by record_id`,
    values: [recordIds],
  })
}

/** @returns the instant it was dispensed at */
export async function insertRefill(
  tx: Tx,
  refill: { recordId: string; number: number; dispensedBy: string },
): Promise<string> {
  const row = await tx.row<{ dispensedAt: string }>({
    text: `insert into medication_refills (record_id, number, dispensed_by) values ($1, $2, $3)
           returning dispensed_at as "dispensedAt"`,
    values: [refill.recordId, refill.number, refill.dispensedBy],
  })
  return (row as { dispensedAt: string }).dispensedAt
}
