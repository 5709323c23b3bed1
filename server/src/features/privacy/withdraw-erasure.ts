import type { Erasure } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { deleteErasure } from './queries.ts'

/**
 * Keeps the caller's account after all.
 * @throws NotFound when no erasure was asked for, AppError 412 when stale
 */
export async function withdrawErasure(tx: Tx, actor: Person, requireFresh: (current: Erasure) => void): Promise<null> {
  const erasure = await deleteErasure(tx, actor.accountId)
  if (!erasure) throw new NotFound()
  requireFresh(erasure)
  record(tx, actor, 'erasure.withdrawn', { resource: { type: 'account', id: actor.accountId } })
  return null
}
