import type { ActiveSession } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import * as queries from './queries/sessions.ts'

/**
 * Ends one of the caller's sessions, on every process.
 * @throws NotFound when they have none such that lives
 */
export async function endSession(
  tx: Tx,
  actor: Person,
  sessionId: string,
  requireFresh: (current: ActiveSession) => void,
): Promise<null> {
  const session = await queries.lockOwnSession(tx, actor.accountId, actor.sessionId, sessionId)
  if (!session) throw new NotFound()
  requireFresh(session)
  await queries.endSession(tx, sessionId, 'ended-by-owner')
  record(tx, actor, 'session.ended', { resource: { type: 'session', id: sessionId } })
  return null
}
