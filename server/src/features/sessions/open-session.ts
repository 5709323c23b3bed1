import { randomUUIDv7 } from 'node:crypto'
import type { Session } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import type { AccountRow } from '../accounts/lookup.ts'
import { ACCESS_TOKEN_SECONDS } from './access-token.ts'
import { insertSession } from './queries/sessions.ts'
import { refreshHash, refreshToken as tokenOf } from './refresh-token.ts'
import { sessionAnswer } from './session-answer.ts'

/** Starts a session of an account on the device that asks. */
export async function openSession(tx: Tx, context: Context, actor: Actor, account: AccountRow): Promise<Session> {
  const sessionId = randomUUIDv7()
  const refreshToken = tokenOf(context.keyring, { sessionId, generation: 1 })
  const { agent: device, address } = actor.request
  await insertSession(tx, {
    id: sessionId,
    accountId: account.id,
    refreshHash: refreshHash(refreshToken),
    device,
    address,
  })
  const signedIn = { ...actor, accountId: account.id, roles: account.roles, sessionId, tokenId: null }
  record(tx, signedIn, 'session.started', { resource: { type: 'session', id: sessionId } })
  return sessionAnswer(context, account, { sessionId, refreshToken, secondsLeft: ACCESS_TOKEN_SECONDS })
}
