import type { RefreshRequest, Session } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { type Tx, transact } from '../../platform/database/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { type AccountRow, findAccount } from '../accounts/lookup.ts'
import { endSession, findSession, rotateSession } from './queries/sessions.ts'
import { type RefreshToken, readRefreshToken, refreshHash, refreshToken } from './refresh-token.ts'
import { sessionAnswer } from './session-answer.ts'

/**
 * Trades a refresh token for the next pair (RFC 9700, section 4.14.2). The token before the newest gets the newest again
 * for 10 seconds, for a client that lost the answer; any other that comes back ends its session.
 * @throws AppError 401 `auth.refresh-rejected`
 */
export async function refreshSession(context: Context, actor: Actor, request: RefreshRequest): Promise<Session> {
  const presented = readRefreshToken(context.keyring, request.refreshToken)
  if (!presented) throw new AppError('auth.refresh-rejected')
  const { sessionId, generation } = presented
  const next = refreshToken(context.keyring, { sessionId, generation: generation + 1 })
  const renewed = await transact(context.db, (tx) => renew(tx, actor, presented, refreshHash(next)))
  if (!renewed) throw new AppError('auth.refresh-rejected')
  return sessionAnswer(context, renewed.account, { ...renewed, sessionId, refreshToken: next })
}

/** @returns null when the session does not go on: the end of a replayed family must be committed */
async function renew(
  tx: Tx,
  actor: Actor,
  { sessionId, generation }: RefreshToken,
  nextHash: Buffer,
): Promise<{ account: AccountRow; secondsLeft: number } | null> {
  const { agent: device, address } = actor.request
  const rotated = await rotateSession(tx, sessionId, { generation, refreshHash: nextHash, device, address })
  const session = rotated ? { ...rotated, repeated: false } : await findSession(tx, sessionId, generation)
  if (!session) return null
  const { accountId, secondsLeft, repeated } = session
  const account = await findAccount(tx, accountId)
  if (!account) return null
  const holder = { ...actor, accountId, roles: account.roles, sessionId, tokenId: null }
  const resource = { type: 'session', id: sessionId }
  if (rotated || repeated) {
    record(tx, holder, 'session.refreshed', { resource, payload: { repeated } })
    return { account, secondsLeft }
  }
  if (await endSession(tx, sessionId, 'refresh-token-replayed')) {
    record(tx, holder, 'session.replayed', { resource, outcome: 'denied' })
  }
  return null
}
