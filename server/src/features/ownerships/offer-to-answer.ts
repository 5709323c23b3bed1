import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { readLinkToken } from '../../platform/link-token.ts'
import type { OfferKind } from './offer.ts'
import { findOfferTo, lockPetOfOffer, type OfferRow } from './queries/offers.ts'

/**
 * Locks the pet and reads the open offer behind a mailed token. The token proves the mailbox, which an account's address
 * alone may not: nobody need have verified it. The address has to be the account's all the same, so that a mail passed on,
 * or read by somebody else, gives the pet to nobody but whom its owner named.
 * @throws NotFound when it is not open, Forbidden when it went to another address
 */
export async function offerToAnswer(
  tx: Tx,
  { keyring }: Context,
  actor: Person,
  kind: OfferKind,
  token: string,
): Promise<OfferRow> {
  const id = readLinkToken(keyring, kind, token)
  if (id === null) throw new NotFound()
  await lockPetOfOffer(tx, id)
  const offer = await findOfferTo(tx, actor.accountId, kind, id)
  if (!offer) throw new NotFound()
  if (!offer.isTheirs) throw new Forbidden('This went to another address than that of your account.')
  return offer
}
