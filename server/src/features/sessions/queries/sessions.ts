import type { ActiveSession } from '@petra/contract'
import sql, { raw } from 'sql-template-tag'
import type { Role } from '../../../platform/actor.ts'
import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** Where a session is: what the device calls itself, and its address. */
export interface Whereabouts {
  readonly device: string | null
  readonly address: string | null
}

export async function insertSession(
  tx: Tx,
  session: { id: string; accountId: string; refreshHash: Buffer } & Whereabouts,
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
    text: `select a.id as "accountId", a.roles
             from sessions s join accounts a on a.id = s.account_id
            where s.id = $1 and s.ended_at is null and s.expires_at > clock_now()
              and a.disabled_at is null`,
    values: [sessionId],
  })
}

const living = `
  s.ended_at is null and s.expires_at > clock_now() and s.rotated_at > clock_now() - interval '30 days'`

/** A session that goes on: whose it is, and how long until it ends in any case. */
export interface GoingOn {
  readonly accountId: string
  readonly secondsLeft: number
}

const goingOn = `s.account_id as "accountId", ceil(extract(epoch from s.expires_at - clock_now()))::int as "secondsLeft"`

/**
 * Puts the next generation in the place of `generation`.
 * @returns undefined when the session has ended, or is of another generation: of many that ask at once, one has it
 */
export function rotateSession(
  tx: Tx,
  sessionId: string,
  rotated: { generation: number; refreshHash: Buffer } & Whereabouts,
): Promise<GoingOn | undefined> {
  const { generation, refreshHash, device, address } = rotated
  return tx.row({
    name: 'rotate-session',
    text: `update sessions s
              set generation = s.generation + 1, refresh_hash = $3, device = $4, address = $5, rotated_at = clock_now()
             from accounts a
            where s.id = $1 and s.generation = $2 and ${living} and a.id = s.account_id and a.disabled_at is null
           returning ${goingOn}`,
    values: [sessionId, generation, refreshHash, device, address],
  })
}

/** A session that has not ended; `repeated` when its newest generation followed `generation`, at most 10 seconds ago. */
export function findSession(
  tx: Tx,
  sessionId: string,
  generation: number,
): Promise<(GoingOn & { repeated: boolean }) | undefined> {
  return tx.row({
    name: 'find-session',
    text: `select ${goingOn},
                  s.generation = $2 + 1 and s.rotated_at >= clock_now() - interval '10 seconds' as repeated
             from sessions s join accounts a on a.id = s.account_id
            where s.id = $1 and ${living} and a.disabled_at is null`,
    values: [sessionId, generation],
  })
}

/**
 * Ends a session everywhere; one that has ended stays as it is.
 * @returns whether it was this that ended it
 */
export async function endSession(tx: Tx, sessionId: string, because: string): Promise<boolean> {
  const ended = await tx.row(sql`
    update sessions set ended_at = clock_now(), ended_because = ${because}
     where id = ${sessionId} and ended_at is null returning id`)
  return ended !== undefined
}

/**
 * Ends every session of an account but one, everywhere; to be called in the transaction of whatever the reason is, whose
 * event tells of it. Where none is excepted, somebody takes the account back or away, and its personal access tokens end too.
 * @param except the session that goes on, or null for none
 */
export async function endSessionsOf(tx: Tx, accountId: string, because: string, except: string | null): Promise<void> {
  await tx.rows(sql`
    update sessions set ended_at = clock_now(), ended_because = ${because}
     where account_id = ${accountId} and ended_at is null and id is distinct from ${except}::uuid`)
  if (except !== null) return
  // After the sessions: a token that one of them was making is there by now.
  await tx.rows(sql`
    update personal_access_tokens set revoked_at = clock_now() where account_id = ${accountId} and revoked_at is null`)
}

const columns = (current: string | null) => sql`
  s.id, s.device, s.address, s.created_at as "createdAt", s.rotated_at as "lastSeenAt",
  s.id is not distinct from ${current}::uuid as current`

/** The living sessions of an account, the newest first, those with an id below `before`. */
export function listSessions(
  db: Queryable,
  accountId: string,
  current: string | null,
  before: string | null,
  limit: number,
): Promise<ActiveSession[]> {
  return db.rows(sql`
    select ${columns(current)} from sessions s
     where s.account_id = ${accountId} and ${raw(living)} and (${before}::uuid is null or s.id < ${before})
     order by s.id desc limit ${limit}`)
}

/** Locks a living session, if the account has it. */
export function lockOwnSession(
  tx: Tx,
  accountId: string,
  current: string | null,
  sessionId: string,
): Promise<ActiveSession | undefined> {
  return tx.row(sql`
    select ${columns(current)} from sessions s
     where s.id = ${sessionId} and s.account_id = ${accountId} and ${raw(living)} for no key update`)
}

/** Whether the account was signed in to from this address in the last 30 days; null for who is unknown, which takes the same look. */
export async function hasSignedInFrom(
  db: Queryable,
  accountId: string | null,
  address: string | null,
): Promise<boolean> {
  const row = await db.row<{ known: boolean }>({
    name: 'has-signed-in-from',
    text: `select exists (select from sessions
                           where account_id = $1 and address = $2 and rotated_at > clock_now() - interval '30 days') as known`,
    values: [accountId, address],
  })
  return row?.known === true
}
