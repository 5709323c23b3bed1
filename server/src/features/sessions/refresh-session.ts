import type { RefreshRequest, Session } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { type Tx, transact } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/event-log.ts'
import { type AccountRow, findAccount } from '../accounts/lookup.ts'
import { endSession, lockSession, rotateSession } from './queries.ts'
import { readRefreshToken, refreshHash, refreshToken } from './refresh-token.ts'
import { sessionAnswer } from './session-answer.ts'

/**
 * Trades a refresh token for the next pair. Every token works once (RFC 9700, section 4.14.2): one that comes back ends its session.
 * @throws AppError 401 `auth.refresh-rejected`
 */
export async function refreshSession(context: Context, actor: Actor, request: RefreshRequest): Promise<Session> {
  const presented = readRefreshToken(context.keyring, request.refreshToken)
  if (!presented) throw new AppError('auth.refresh-rejected')
  const { sessionId, generation } = presented
  const next = refreshToken(context.keyring, { sessionId, generation: generation + 1 })
  const account = await transact(context.db, (tx) => rotate(tx, actor, sessionId, generation, refreshHash(next)))
  if (!account) throw new AppError('auth.refresh-rejected')
  return sessionAnswer(context, account, sessionId, next)
}

/** @returns the account whose session goes on, or null when it does not: the end of a replayed family must be committed */
async function rotate(
  tx: Tx,
  actor: Actor,
  sessionId: string,
  generation: number,
  nextHash: Buffer,
): Promise<AccountRow | null> {
  const session = await lockSession(tx, sessionId)
  if (!session?.living) return null
  const account = (await findAccount(tx, session.accountId)) as AccountRow
  const holder = { ...actor, accountId: session.accountId, roles: account.roles, sessionId }
  if (session.generation !== generation) {
    await endSession(tx, sessionId, 'refresh-token-replayed')
    record(tx, holder, 'session.replayed', { resource: { type: 'session', id: sessionId }, outcome: 'denied' })
    return null
  }
  await rotateSession(tx, sessionId, generation + 1, nextHash)
  record(tx, holder, 'session.refreshed', { resource: { type: 'session', id: sessionId } })
  return account
}
