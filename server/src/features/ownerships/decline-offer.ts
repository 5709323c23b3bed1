import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import type { OfferKind } from './offer.ts'
import { offerToAnswer } from './offer-to-answer.ts'
import { endOffer } from './queries/offers.ts'
import { instantOfChange } from './queries/ownerships.ts'

/** Turns an offer down. @throws NotFound when it is not open, Forbidden for another address */
export async function declineOffer(
  tx: Tx,
  context: Context,
  actor: Person,
  kind: OfferKind,
  token: string,
): Promise<void> {
  const { id, petId } = await offerToAnswer(tx, context, actor, kind, token)
  await endOffer(tx, id, 'declined', await instantOfChange(tx, petId))
  record(tx, actor, `${kind}.declined`, { resource: { type: kind, id }, petId })
}
