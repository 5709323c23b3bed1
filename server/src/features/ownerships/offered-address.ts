import type { Context } from '../../platform/context.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { open, seal } from '../../platform/keys/envelope.ts'
import type { Offer } from './offer.ts'
import type { OfferRow } from './queries/offers.ts'

type Keys = Pick<Context, 'dataKeys'>

/** Seals the address that an offer goes to, under the key of the account that offers: that account's erasure closes it. */
export async function sealAddress(
  tx: Tx,
  { dataKeys }: Keys,
  offer: { id: string; offeredBy: string },
  email: string,
): Promise<Buffer> {
  return seal(await dataKeys.createDataKey(tx, 'owner-personal', offer.offeredBy), email, placeOf(offer))
}

/** Opens the addresses of many offers with one look-up of their keys. */
export async function openAddresses(db: Queryable, { dataKeys }: Keys, rows: readonly OfferRow[]): Promise<Offer[]> {
  const offerers = rows.map(({ offeredBy }) => offeredBy)
  const keys = await dataKeys.dataKeysFor(db, 'owner-personal', offerers)
  return rows.map(({ email, ...offer }) => {
    const key = keys.get(offer.offeredBy)
    return { ...offer, email: key ? open(key, email, placeOf(offer)).toString() : null }
  })
}

function placeOf({ id, offeredBy }: { id: string; offeredBy: string }) {
  return { table: 'ownership_offers', column: 'email', rowId: id, version: 1, subjectId: offeredBy }
}
