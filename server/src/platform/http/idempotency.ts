import { createHmac } from 'node:crypto'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../database/database.ts'
import { AppError } from '../errors.ts'
import { open, seal } from '../keys/envelope.ts'
import type { Keyring } from '../keys/keyring.ts'

/** What is kept of a first answer. */
export interface KeptAnswer {
  readonly status: number
  readonly location: string | undefined
  /** Of the file that was written, where it was one. */
  readonly tag?: string | undefined
  readonly body: unknown
}

/** Seals an answer before it is kept; bound to the account and key it answers. */
export interface AnswerVault {
  /** Tells requests of an account apart. Keyed: a plain digest would let whoever has the table try out what a body said. */
  fingerprint(accountId: string, text: string): Buffer
  seal(text: string, request: IdempotentRequest): Buffer
  open(sealed: Buffer, request: IdempotentRequest): string
}

/** Seals answers under a key derived for each account. */
export function answerVault(keyring: Keyring): AnswerVault {
  const placeOf = ({ accountId, key }: IdempotentRequest) => ({
    table: 'idempotent_answers',
    column: 'answer',
    rowId: key,
    version: 1,
    subjectId: accountId,
  })
  return {
    fingerprint: (accountId, text) =>
      createHmac('sha256', keyring.derive('idempotency', `${accountId} fingerprint`).bytes)
        .update(text)
        .digest(),
    seal: (text, request) => seal(keyring.derive('idempotency', request.accountId), text, placeOf(request)),
    open: (sealed, request) =>
      open(keyring.derive('idempotency', request.accountId), sealed, placeOf(request)).toString(),
  }
}

export interface IdempotentRequest {
  readonly accountId: string
  readonly key: string
  readonly fingerprint: Buffer
}

/** @throws AppError 400 when the field is not 1–255 visible ASCII characters */
export function idempotentRequest(
  key: string | string[] | undefined,
  accountId: string | null,
  request: { method: string; url: string; body: unknown },
  vault: AnswerVault,
): IdempotentRequest | null {
  if (key === undefined || accountId === null) return null
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    const errors = [{ pointer: '/headers/idempotency-key', message: 'must be 1 to 255 visible ASCII characters' }]
    throw new AppError('request.invalid', 'The Idempotency-Key is malformed.', { errors })
  }
  const text = `${request.method} ${request.url} ${JSON.stringify(request.body)}`
  return { accountId, key, fingerprint: vault.fingerprint(accountId, text) }
}

/**
 * Runs the work and keeps its answer in the same transaction, or gives back the answer that the same request got the first time.
 * @param replayed is told of the latter
 */
export async function once(
  tx: Tx,
  request: IdempotentRequest,
  vault: AnswerVault,
  work: () => Promise<KeptAnswer>,
  replayed: () => void,
): Promise<KeptAnswer> {
  const first = await claim(tx, request, vault)
  if (first) {
    replayed()
    return first
  }
  const fresh = await work()
  await keep(tx, request, fresh, vault)
  return fresh
}

/**
 * Takes the key for this transaction, and gives the first answer back when there was one.
 * The advisory lock goes ahead of the look-up in a statement of its own: a snapshot older than the lock could miss an answer.
 * @throws AppError 409 while the same request is running, 422 when the key was used for another one
 */
async function claim(tx: Tx, request: IdempotentRequest, vault: AnswerVault): Promise<KeptAnswer | null> {
  const { accountId, key, fingerprint } = request
  const lock = tx.row<{ free: boolean }>(sql`
    select pg_try_advisory_xact_lock(hashtextextended(${`${accountId} ${key}`}, 0)) as free`)
  const kept = tx.row<{ fingerprint: Buffer; answer: Buffer }>(sql`
    select fingerprint, answer from idempotent_answers
     where account_id = ${accountId} and key = ${key} and expires_at > clock_now()`)
  const [lockRow, keptRow] = await Promise.all([lock, kept])
  if (!lockRow?.free)
    throw new AppError('idempotency.in-progress', 'The first request with this Idempotency-Key has not ended yet.')
  if (!keptRow) return null
  if (!keptRow.fingerprint.equals(fingerprint)) {
    throw new AppError('idempotency.mismatch', 'This Idempotency-Key belongs to a request with another path or body.')
  }
  return JSON.parse(vault.open(keptRow.answer, request))
}

/** Keeps an answer for 24 hours, in the transaction of the work it answers. */
async function keep(tx: Tx, request: IdempotentRequest, answer: KeptAnswer, vault: AnswerVault): Promise<void> {
  const { accountId, key, fingerprint } = request
  await tx.rows(sql`
    insert into idempotent_answers (account_id, key, fingerprint, answer, expires_at)
    values (${accountId}, ${key}, ${fingerprint}, ${vault.seal(JSON.stringify(answer), request)},
            clock_now() + interval '24 hours')
    on conflict (account_id, key) do update
      set fingerprint = excluded.fingerprint, answer = excluded.answer, expires_at = excluded.expires_at
      where idempotent_answers.expires_at <= clock_now()`)
}

/** Removes answers older than a day. */
export async function sweepAnswers(db: Queryable): Promise<void> {
  await db.rows(sql`delete from idempotent_answers where expires_at <= clock_now()`)
}
