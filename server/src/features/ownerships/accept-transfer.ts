import type { AcceptedOwnership } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { ownerMissing } from '../pets/lookup.ts'
import { offerToAnswer } from './offer-to-answer.ts'
import { endOffer } from './queries/offers.ts'
import { instantOfChange, replaceOwners } from './queries/ownerships.ts'
import { withdrawOffers } from './withdraw-offers.ts'

/**
 * Makes the actor the only owner: every ownership ends, and every other offer of the pet is withdrawn.
 * @throws NotFound without an open transfer, Forbidden for another address
 */
export async function acceptTransfer(
  tx: Tx,
  context: Context,
  actor: Person,
  token: string,
): Promise<AcceptedOwnership> {
  const { id, petId, kind, rights } = await offerToAnswer(tx, context, actor, 'pet-transfer', token)
  const at = await instantOfChange(tx, petId)
  const former = await replaceOwners(tx, { petId, ownerId: actor.accountId, rights, at }).catch(ownerMissing)
  await endOffer(tx, id, 'accepted', at)
  await withdrawOffers(tx, actor, { petId }, at)
  for (const { ownerId, rights: rightsBefore } of former.filter(({ ownerId }) => ownerId !== actor.accountId)) {
    const payload = { rightsBefore, rightsAfter: [] }
    record(tx, actor, 'ownership.ended', { resource: { type: 'owner', id: ownerId }, petId, payload })
  }
  const rightsBefore = former.find(({ ownerId }) => ownerId === actor.accountId)?.rights ?? []
  const payload = { rightsBefore, rightsAfter: rights }
  record(tx, actor, 'pet-transfer.accepted', { resource: { type: kind, id }, petId, payload })
  return { petId, rights, since: at }
}
