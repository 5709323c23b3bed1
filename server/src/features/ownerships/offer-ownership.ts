import { randomUUIDv7 } from 'node:crypto'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
import type { Offer } from './offer.ts'
import { sealAddress } from './offered-address.ts'
import { petToManage } from './pet-to-manage.ts'
import { countOffers, expireOffersOf, insertOffer, lockOfferer } from './queries/offers.ts'

/** Offers are mails to addresses that nobody has confirmed, with names that people chose. */
const MOST_OPEN_OF_A_PET = 10
const MOST_A_DAY_BY_AN_ACCOUNT = 20

/**
 * Offers an ownership to an address; undefined when an open offer rules it out. Nothing depends on whether the address is known.
 * @throws NotFound, Forbidden, Conflict when there are too many offers
 */
export async function offerOwnership(
  tx: Tx,
  context: Context,
  actor: Person,
  asked: Pick<Offer, 'kind' | 'petId' | 'rights'> & { email: string },
): Promise<Offer | undefined> {
  await petToManage(tx, actor, asked.petId)
  await expireOffersOf(tx, asked.petId)
  await lockOfferer(tx, actor.accountId)
  const { openOfPet, lastDay } = await countOffers(tx, asked.petId, actor.accountId)
  if (openOfPet >= MOST_OPEN_OF_A_PET) throw new Conflict(`At most ${MOST_OPEN_OF_A_PET} offers of a pet are open.`)
  if (lastDay >= MOST_A_DAY_BY_AN_ACCOUNT) {
    throw new Conflict(`An account makes at most ${MOST_A_DAY_BY_AN_ACCOUNT} offers in 24 hours.`)
  }
  const offer = { ...asked, id: randomUUIDv7(), offeredBy: actor.accountId }
  const times = await insertOffer(tx, {
    ...offer,
    email: await sealAddress(tx, context, offer, asked.email),
    emailIndex: blindIndex(context.keyring, 'email', asked.email),
  })
  return times && { ...offer, ...times, undeliverableSince: null }
}
