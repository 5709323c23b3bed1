import { rights as everyRight } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import type { Offer } from './offer.ts'
import { offerOwnership } from './offer-ownership.ts'
import { withView } from './with-view.ts'

/**
 * Asks somebody to take a pet over, which is the acceptance by this side.
 * @throws NotFound, Forbidden, Conflict when a transfer of the pet is open, or there are too many offers
 */
export async function requestPetTransfer(
  tx: Tx,
  context: Context,
  actor: Person,
  petId: string,
  email: string,
): Promise<Offer> {
  const transfer = { kind: 'pet-transfer', rights: withView(everyRight) } as const
  const offer = await offerOwnership(tx, context, actor, { ...transfer, petId, email })
  if (!offer) throw new Conflict('A transfer of this pet is open.')
  const { id, expiresAt } = offer
  record(tx, actor, 'pet-transfer.requested', { resource: { type: offer.kind, id }, petId, payload: { expiresAt } })
  return offer
}
