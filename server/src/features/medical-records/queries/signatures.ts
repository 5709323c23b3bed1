import type { Tx } from '../../../platform/database/database.ts'

/** Signs a version of a visit note, unless it is signed already. */
export async function insertSignature(tx: Tx, { id, version }: { id: string; version: number }): Promise<void> {
  await tx.rows({
    text: `insert into visit_note_signatures (record_id, version) values ($1, $2) on conflict do nothing`,
    values: [id, version],
  })
}
