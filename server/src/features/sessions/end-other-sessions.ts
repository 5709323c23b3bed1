import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { endSessionsOf } from './queries/sessions.ts'

/** Ends all of the caller's sessions but the one that asks, on every process. */
export async function endOtherSessions(tx: Tx, actor: Person): Promise<null> {
  await endSessionsOf(tx, actor.accountId, 'ended-by-owner', actor.sessionId)
  record(tx, actor, 'session.others-ended', { resource: { type: 'account', id: actor.accountId } })
  return null
}
