import type { PetOwner, Right } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { nobodyManages } from './errors.ts'
import { petToManage } from './pet-to-manage.ts'
import { findCurrentOwner, instantOfChange, replaceRights } from './queries/ownerships.ts'
import { withView } from './with-view.ts'
import { withdrawOffers } from './withdraw-offers.ts'

/**
 * Gives an owner other rights: one period ends, another begins. The same rights once more change nothing.
 * @throws NotFound, Forbidden, AppError 409 when nobody would manage the pet, 412 when stale
 */
export async function changeRights(
  tx: Tx,
  actor: Person,
  { petId, ownerId }: { petId: string; ownerId: string },
  asked: readonly Right[],
  requireFresh: (current: PetOwner) => void,
): Promise<PetOwner> {
  await petToManage(tx, actor, petId)
  const before = await findCurrentOwner(tx, petId, ownerId)
  if (!before) throw new NotFound()
  requireFresh(before)
  const rights = withView(asked)
  if (rights.join() === withView(before.rights).join()) return before
  const at = await instantOfChange(tx, petId)
  await replaceRights(tx, { petId, ownerId, rights, at }).catch(nobodyManages)
  if (!rights.includes('manage')) await withdrawOffers(tx, actor, { petId, offeredBy: ownerId }, at)
  record(tx, actor, 'ownership.changed', {
    resource: { type: 'owner', id: before.id },
    petId,
    payload: { rightsBefore: before.rights, rightsAfter: rights },
  })
  return { ...before, rights, since: at }
}
