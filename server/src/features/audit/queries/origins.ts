import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** Forgets where an account's requests came from, salts and all: what its events commit to can be neither read nor guessed. */
export async function deleteOriginsOf(tx: Tx, accountId: string): Promise<void> {
  await tx.rows(sql`delete from event_origins where account_id = ${accountId}`)
}

/** Forgets where requests of nobody came from after 90 days, and of whoever was erased while theirs were under way. */
export async function sweepOrigins(db: Queryable): Promise<void> {
  await db.rows(sql`
    delete from event_origins where account_id is null and first_at < clock_now() - interval '90 days'`)
  await db.rows(sql`
    delete from event_origins o using accounts a where a.id = o.account_id and a.erased_at is not null`)
}
