import type { Hold } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { deleteHold, lockHold, toHold } from './queries/holds.ts'

/** Gives a held time back. @throws NotFound when the hold is over, or not the actor's, AppError 412 when stale */
export async function releaseHold(
  tx: Tx,
  actor: Person,
  id: string,
  requireFresh: (current: Hold) => void,
): Promise<null> {
  const hold = await lockHold(tx, id, actor.accountId)
  if (!hold) throw new NotFound()
  requireFresh(toHold(hold))
  await deleteHold(tx, id)
  record(tx, actor, 'hold.released', { resource: { type: 'hold', id } })
  return null
}
