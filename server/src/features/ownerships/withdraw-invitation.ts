import type { CoOwnerInvitation } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { toInvitation } from './offer.ts'
import { openAddresses } from './offered-address.ts'
import { petToManage } from './pet-to-manage.ts'
import { listOpenOffers } from './queries/offers.ts'
import { instantOfChange } from './queries/ownerships.ts'
import { withdrawOffers } from './withdraw-offers.ts'

/** Takes an invitation back. @throws NotFound when it is not open, Forbidden, AppError 412 when stale */
export async function withdrawInvitation(
  tx: Tx,
  context: Context,
  actor: Person,
  { petId, invitationId }: { petId: string; invitationId: string },
  requireFresh: (current: CoOwnerInvitation) => void,
): Promise<void> {
  await petToManage(tx, actor, petId)
  const invitations = await openAddresses(tx, context, await listOpenOffers(tx, petId, 'co-owner-invitation'))
  const invitation = invitations.find(({ id }) => id === invitationId.toLowerCase())
  if (!invitation) throw new NotFound()
  requireFresh(toInvitation(invitation))
  await withdrawOffers(tx, actor, { petId, id: invitation.id }, await instantOfChange(tx, petId))
}
