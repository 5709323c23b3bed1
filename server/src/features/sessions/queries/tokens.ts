import type { PersonalToken, Scope, TokenScope } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Role } from '../../../platform/actor.ts'
import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** Whose token it is; `expiresAt` in seconds since the epoch. */
export function findTokenByHash(
  db: Queryable,
  tokenHash: Buffer,
): Promise<{ id: string; accountId: string; expiresAt: number } | undefined> {
  return db.row({
    name: 'find-token-by-hash',
    text: `select id, account_id as "accountId", floor(extract(epoch from expires_at))::int as "expiresAt"
             from personal_access_tokens where token_hash = $1`,
    values: [tokenHash],
  })
}

export function loadToken(
  db: Queryable,
  tokenId: string,
): Promise<{ accountId: string; roles: Role[]; scopes: Scope[] } | undefined> {
  return db.row({
    name: 'load-token',
    text: `select a.id as "accountId", a.roles, t.scopes
             from personal_access_tokens t join accounts a on a.id = t.account_id
            where t.id = $1 and t.revoked_at is null and t.expires_at > clock_now() and a.disabled_at is null`,
    values: [tokenId],
  })
}

const tokenColumns = sql`id, name, scopes, created_at as "createdAt", expires_at as "expiresAt"`

/**
 * Adds a token for as long as the session that asks for it has not ended: whatever ends them all waits for it, and finds it.
 * @returns undefined when the session has ended
 */
export function insertToken(
  tx: Tx,
  token: { sessionId: string; name: string; tokenHash: Buffer; scopes: readonly TokenScope[]; expiresInDays: number },
): Promise<PersonalToken | undefined> {
  const { sessionId, name, tokenHash, scopes, expiresInDays } = token
  return tx.row(sql`
    with asking as (select account_id from sessions where id = ${sessionId} and ended_at is null for share)
    insert into personal_access_tokens (account_id, name, token_hash, scopes, expires_at)
    select account_id, ${name}, ${tokenHash}, ${scopes}, clock_now() + make_interval(days => ${expiresInDays}) from asking
    returning ${tokenColumns}`)
}

/** Tokens that work, the newest first, those with an id below `before`. */
export function listTokens(
  db: Queryable,
  accountId: string,
  before: string | null,
  limit: number,
): Promise<PersonalToken[]> {
  return db.rows(sql`
    select ${tokenColumns} from personal_access_tokens
     where account_id = ${accountId} and revoked_at is null and expires_at > clock_now()
       and (${before}::uuid is null or id < ${before})
     order by id desc limit ${limit}`)
}

/** Locks a token that works, if the account has it. */
export function lockToken(tx: Tx, accountId: string, tokenId: string): Promise<PersonalToken | undefined> {
  return tx.row(sql`
    select ${tokenColumns} from personal_access_tokens
     where id = ${tokenId} and account_id = ${accountId} and revoked_at is null and expires_at > clock_now()
       for no key update`)
}

export async function revokeToken(tx: Tx, tokenId: string): Promise<void> {
  await tx.rows(sql`update personal_access_tokens set revoked_at = clock_now() where id = ${tokenId}`)
}
