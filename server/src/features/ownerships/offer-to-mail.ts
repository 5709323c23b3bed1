import type { Context } from '../../platform/context.ts'
import type { Offer } from './offer.ts'
import { openAddresses } from './offered-address.ts'
import { findOfferToMail } from './queries/offers.ts'

/** An open offer and all that its mail says. */
export type OfferToMail = Offer & {
  readonly email: string
  readonly petName: string
  readonly offeredByName: string
}

/** Null once the offer is over, or its address cannot be read any more. */
export async function offerToMail(context: Pick<Context, 'db' | 'dataKeys'>, id: string): Promise<OfferToMail | null> {
  const row = await findOfferToMail(context.db, id)
  if (!row) return null
  const { petName, offeredByName } = row
  const [offer] = await openAddresses(context.db, context, [row])
  const { email = null } = offer ?? {}
  return offer && email !== null ? { ...offer, email, petName, offeredByName } : null
}
