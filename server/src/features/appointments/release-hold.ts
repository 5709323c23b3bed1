import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { deleteHold, lockHold } from './queries/holds.ts'

/** Gives a held time back. @throws NotFound when the hold is over, or not the actor's */
export async function releaseHold(tx: Tx, actor: Person, id: string): Promise<null> {
  if (!(await lockHold(tx, id, actor.accountId))) throw new NotFound()
  await deleteHold(tx, id)
  record(tx, actor, 'hold.released', { resource: { type: 'hold', id } })
  return null
}
