import { randomUUIDv7 } from 'node:crypto'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../platform/database/database.ts'

export type ChallengePurpose = 'email-verification' | 'password-reset'

/** A mailed link and code that wait for an answer. */
export interface Challenge {
  readonly id: string
  readonly emailIndex: Buffer
}

/** Makes a challenge, good for 10 minutes, in place of an older one of its purpose. @returns its id */
export async function upsertChallenge(tx: Tx, purpose: ChallengePurpose, emailIndex: Buffer): Promise<string> {
  const id = randomUUIDv7()
  await tx.rows({
    name: 'upsert-challenge',
    text: `insert into challenges (email_index, purpose, id, expires_at)
           values ($1, $2, $3, clock_now() + interval '10 minutes')
           on conflict (email_index, purpose) do update
              set id = excluded.id, created_at = excluded.created_at, expires_at = excluded.expires_at, attempts = 0`,
    values: [emailIndex, purpose, id],
  })
  return id
}

/** A challenge that can still be answered. */
export function findChallenge(db: Queryable, id: string): Promise<Challenge | undefined> {
  return db.row(sql`
    select id, email_index as "emailIndex" from challenges where id = ${id} and expires_at > clock_now()`)
}

/** The challenge of an address that can still be answered. */
export function findChallengeOf(
  db: Queryable,
  purpose: ChallengePurpose,
  emailIndex: Buffer,
): Promise<Challenge | undefined> {
  return db.row(sql`
    select id, email_index as "emailIndex" from challenges
     where email_index = ${emailIndex} and purpose = ${purpose} and expires_at > clock_now()`)
}

/** Takes one of the five tries at an address's code; undefined when there is nothing to try, or no more. One statement: guesses sent at once are counted one by one. */
export function tryCode(db: Queryable, purpose: ChallengePurpose, emailIndex: Buffer): Promise<Challenge | undefined> {
  return db.row(sql`
    update challenges set attempts = attempts + 1
     where email_index = ${emailIndex} and purpose = ${purpose} and attempts < 5 and expires_at > clock_now()
    returning id, email_index as "emailIndex"`)
}

/** Uses a challenge up. @returns whether it was there: of two who are at it, one is */
export async function useChallenge(tx: Tx, id: string): Promise<boolean> {
  const used = await tx.row(sql`delete from challenges where id = ${id} and expires_at > clock_now() returning id`)
  return used !== undefined
}

export interface EmailChangeRow {
  readonly id: string
  readonly accountId: string
  readonly addresses: Buffer
}

/** Asks for another address, good for 30 minutes, in place of what was asked before and is not completed. */
export async function upsertEmailChange(tx: Tx, { id, accountId, addresses }: EmailChangeRow): Promise<void> {
  await tx.rows(sql`
    insert into email_changes (account_id, id, addresses, expires_at)
    values (${accountId}, ${id}, ${addresses}, clock_now() + interval '30 minutes')
    on conflict (account_id) where completed_at is null do update
       set id = excluded.id, addresses = excluded.addresses, created_at = excluded.created_at,
           expires_at = excluded.expires_at`)
}

/**
 * Completes a change once; undefined when it was completed, replaced or dropped, has run out, or its account is disabled. The
 * account is locked first, as by whoever drops the change.
 */
export function completeEmailChange(tx: Tx, id: string): Promise<EmailChangeRow | undefined> {
  return tx.row(sql`
    with holder as (
      select a.id from accounts a join email_changes e on e.account_id = a.id
       where e.id = ${id} and a.disabled_at is null for no key update of a
    )
    update email_changes e set completed_at = clock_now()
      from holder
     where e.id = ${id} and e.account_id = holder.id and e.completed_at is null and e.expires_at > clock_now()
    returning e.id, e.account_id as "accountId", e.addresses`)
}

/** Takes back what an account has asked for and not completed: it was asked for with a password that is no more. */
export async function dropEmailChange(tx: Tx, accountId: string): Promise<void> {
  await tx.rows(sql`delete from email_changes where account_id = ${accountId} and completed_at is null`)
}

/** What an account asked for or completed last, and not after `at`; `isPending` while its link is good. */
export function findEmailChange(
  db: Queryable,
  accountId: string,
  at: string,
): Promise<(EmailChangeRow & { readonly isPending: boolean }) | undefined> {
  return db.row(sql`
    select id, account_id as "accountId", addresses, completed_at is null and expires_at > clock_now() as "isPending"
      from email_changes where account_id = ${accountId} and coalesce(completed_at, created_at) <= ${at}
     order by coalesce(completed_at, created_at) desc limit 1`)
}

/** Removes challenges that ran out, and changes of address that everybody was told of. */
export async function sweepChallenges(db: Queryable): Promise<void> {
  await db.rows(sql`delete from challenges where expires_at <= clock_now()`)
  await db.rows(sql`delete from email_changes where created_at <= clock_now() - interval '30 days'`)
}
