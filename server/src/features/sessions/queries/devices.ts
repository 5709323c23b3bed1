import type { ExportContent } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** Every session an account ever had, newest first. */
export function exportSessions(db: Queryable, accountId: string): Promise<ExportContent['sessions']> {
  return db.rows(sql`
    select id, device, address, created_at as "createdAt", rotated_at as "lastRenewedAt", ended_at as "endedAt"
      from sessions where account_id = ${accountId}
     order by created_at desc, id desc`)
}

/** Every personal access token an account ever had, newest first. */
export function exportTokens(db: Queryable, accountId: string): Promise<ExportContent['tokens']> {
  return db.rows(sql`
    select id, name, scopes, created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt"
      from personal_access_tokens where account_id = ${accountId}
     order by id desc`)
}

/** Takes out of an account's sessions with what and from where its person signed in, and out of its tokens what they called them. */
export async function forgetDevicesOf(tx: Tx, accountId: string): Promise<void> {
  await Promise.all([
    tx.rows(sql`update sessions set device = null, address = null where account_id = ${accountId}`),
    tx.rows(sql`update personal_access_tokens set name = '' where account_id = ${accountId}`),
  ])
}
