import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Offer, OfferKind } from './offer.ts'
import { openAddresses } from './offered-address.ts'
import { requireMayManage } from './pet-to-manage.ts'
import { listOpenOffers } from './queries/offers.ts'

/** The open offers of a pet, for whoever manages it. @throws NotFound out of reach, Forbidden in reach */
export async function listOffers(context: Context, actor: Person, petId: string, kind: OfferKind): Promise<Offer[]> {
  const { db } = context
  await requireMayManage(db, actor, petId)
  return openAddresses(db, context, await listOpenOffers(db, petId, kind))
}
