import sql from 'sql-template-tag'
import type { Role } from '../../platform/actor.ts'
import type { Queryable, Tx } from '../../platform/database.ts'

export async function insertSession(
  tx: Tx,
  session: { id: string; accountId: string; refreshHash: Buffer; device: string | null; address: string | null },
): Promise<void> {
  await tx.rows(sql`
    insert into sessions (id, account_id, refresh_hash, device, address, expires_at)
    values (${session.id}, ${session.accountId}, ${session.refreshHash}, ${session.device}, ${session.address},
            clock_now() + interval '90 days')`)
}

export function loadSession(
  db: Queryable,
  sessionId: string,
): Promise<{ accountId: string; roles: Role[] } | undefined> {
  return db.row({
    name: 'load-session',
    text: `select s.account_id as "accountId", a.roles
             from sessions s join accounts a on a.id = s.account_id
            where s.id = $1 and s.ended_at is null and a.disabled_at is null`,
    values: [sessionId],
  })
}

export interface SessionRow {
  readonly accountId: string
  readonly generation: number
  readonly living: boolean
}

/** Locks a session, whatever became of it. */
export function lockSession(tx: Tx, sessionId: string): Promise<SessionRow | undefined> {
  return tx.row(sql`
    select s.account_id as "accountId", s.generation,
           s.ended_at is null and a.disabled_at is null and s.expires_at > clock_now()
             and s.rotated_at > clock_now() - interval '30 days' as living
      from sessions s join accounts a on a.id = s.account_id
     where s.id = ${sessionId} for no key update of s`)
}

export async function rotateSession(tx: Tx, sessionId: string, generation: number, refreshHash: Buffer): Promise<void> {
  await tx.rows(sql`
    update sessions set generation = ${generation}, refresh_hash = ${refreshHash}, rotated_at = clock_now()
     where id = ${sessionId}`)
}

/** Ends a session everywhere; one that has ended stays as it is. */
export async function endSession(tx: Tx, sessionId: string, because: string): Promise<void> {
  await tx.rows(sql`
    update sessions set ended_at = clock_now(), ended_because = ${because} where id = ${sessionId} and ended_at is null`)
}

/**
 * Ends every session of an account but one, everywhere; to be called in the transaction of whatever the reason is, whose
 * event tells of it.
 * @param except the session that goes on, or null for none
 */
export async function endSessionsOf(tx: Tx, accountId: string, because: string, except: string | null): Promise<void> {
  await tx.rows(sql`
    update sessions set ended_at = clock_now(), ended_because = ${because}
     where account_id = ${accountId} and ended_at is null and id is distinct from ${except}::uuid`)
}
