import type { CoOwnerInvitationInput } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import type { Offer } from './offer.ts'
import { offerOwnership } from './offer-ownership.ts'
import { withView } from './with-view.ts'

/**
 * Invites somebody to co-own a pet.
 * @throws NotFound, Forbidden, Conflict when the address has an open invitation, or there are too many
 */
export async function inviteCoOwner(
  tx: Tx,
  context: Context,
  actor: Person,
  petId: string,
  { email, rights }: CoOwnerInvitationInput,
): Promise<Offer> {
  const invitation = { kind: 'co-owner-invitation', rights: withView(rights) } as const
  const offer = await offerOwnership(tx, context, actor, { ...invitation, petId, email })
  if (!offer) throw new Conflict('This address has an open invitation to this pet.')
  const { id, expiresAt } = offer
  record(tx, actor, 'co-owner-invitation.sent', {
    resource: { type: offer.kind, id },
    petId,
    payload: { rights: offer.rights, expiresAt },
  })
  return offer
}
