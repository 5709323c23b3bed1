import type { ExportContent } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database.ts'

/** Every session an account ever had, newest first. */
export function exportSessions(db: Queryable, accountId: string): Promise<ExportContent['sessions']> {
  return db.rows(sql`
    select id, device, address, created_at as "createdAt", rotated_at as "lastRenewedAt", ended_at as "endedAt"
      from sessions where account_id = ${accountId}
     order by created_at desc, id desc`)
}

/** Takes out of an account's sessions with what and from where its person signed in. */
export async function forgetDevicesOf(tx: Tx, accountId: string): Promise<void> {
  await tx.rows(sql`update sessions set device = null, address = null where account_id = ${accountId}`)
}
