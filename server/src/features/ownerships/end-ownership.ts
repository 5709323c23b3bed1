import type { PetOwner } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { lockPet } from '../pets/lookup.ts'
import { nobodyManages } from './errors.ts'
import { mayNotManage, relationInReach } from './pet-to-manage.ts'
import { mayEnd } from './policy.ts'
import { closeOwnership, findCurrentOwner, instantOfChange } from './queries/ownerships.ts'
import { withdrawOffers } from './withdraw-offers.ts'

/**
 * Ends an ownership: the owner leaves, or is removed. What they offered of the pet goes with them.
 * @throws NotFound, Forbidden, AppError 409 when nobody would manage the pet, 412 when stale
 */
export async function endOwnership(
  tx: Tx,
  actor: Person,
  { petId, ownerId }: { petId: string; ownerId: string },
  requireFresh: (current: PetOwner) => void,
): Promise<void> {
  await lockPet(tx, petId)
  const relation = await relationInReach(tx, actor, petId)
  const owner = await findCurrentOwner(tx, petId, ownerId)
  if (!mayEnd(actor, relation, owner)) throw mayNotManage()
  if (!owner) throw new NotFound()
  requireFresh(owner)
  const at = await instantOfChange(tx, petId)
  await closeOwnership(tx, petId, ownerId, at).catch(nobodyManages)
  await withdrawOffers(tx, actor, { petId, offeredBy: owner.id }, at)
  record(tx, actor, 'ownership.ended', {
    resource: { type: 'owner', id: owner.id },
    petId,
    payload: { rightsBefore: owner.rights, rightsAfter: [] },
  })
}
