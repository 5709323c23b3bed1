import type { AcceptedOwnership } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { ownerMissing } from '../pets/lookup.ts'
import { alreadyOwner } from './errors.ts'
import { offerToAnswer } from './offer-to-answer.ts'
import { endOffer } from './queries/offers.ts'
import { beginOwnership, instantOfChange } from './queries/ownerships.ts'

/**
 * Makes the actor a co-owner.
 * @throws NotFound without an open invitation, Forbidden for another address, Conflict when they are an owner already
 */
export async function acceptInvitation(
  tx: Tx,
  context: Context,
  actor: Person,
  token: string,
): Promise<AcceptedOwnership> {
  const { id, petId, kind, rights } = await offerToAnswer(tx, context, actor, 'co-owner-invitation', token)
  const at = await instantOfChange(tx, petId)
  await beginOwnership(tx, { petId, ownerId: actor.accountId, rights, at }).catch(alreadyOwner).catch(ownerMissing)
  await endOffer(tx, id, 'accepted', at)
  const payload = { rightsBefore: [], rightsAfter: rights }
  record(tx, actor, 'co-owner-invitation.accepted', { resource: { type: kind, id }, petId, payload })
  return { petId, rights, since: at }
}
