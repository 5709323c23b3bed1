import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/event-log.ts'
import { endSession } from './queries.ts'

/** Ends the caller's own session, on every process. */
export async function signOut(tx: Tx, actor: Person): Promise<null> {
  if (actor.sessionId === null) return null
  await endSession(tx, actor.sessionId, 'signed-out')
  record(tx, actor, 'session.ended', { resource: { type: 'session', id: actor.sessionId } })
  return null
}
