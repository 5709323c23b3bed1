import type { Hold } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError, NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { lockHold, setExtended, toHold } from './queries/holds.ts'

/**
 * Gives a hold five minutes more, once.
 * @throws NotFound when it is over, or not the actor's
 */
export async function extendHold(tx: Tx, actor: Person, id: string): Promise<Hold> {
  const before = await lockHold(tx, id, actor.accountId)
  if (!before) throw new NotFound()
  if (before.isExtended) throw new AppError('hold.extended')
  const after = toHold(await setExtended(tx, id))
  record(tx, actor, 'hold.extended', { resource: { type: 'hold', id }, payload: { expiresAt: after.expiresAt } })
  return after
}
