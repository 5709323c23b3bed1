import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { endSession } from './queries/sessions.ts'

/** Ends the caller's own session, on every process. */
export async function signOut(tx: Tx, actor: Person): Promise<null> {
  const sessionId = actor.sessionId as string
  if (await endSession(tx, sessionId, 'signed-out')) {
    record(tx, actor, 'session.ended', { resource: { type: 'session', id: sessionId } })
  }
  return null
}
