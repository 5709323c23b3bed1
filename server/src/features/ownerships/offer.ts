import type { CoOwnerInvitation, PetTransfer, Right } from '@petra/contract'

/** What an offer is called wherever it is named: in its mailed link, its events and the trail. */
export type OfferKind = 'co-owner-invitation' | 'pet-transfer'

/** An ownership that is offered to an address and open: to co-own a pet, or to take it over. */
export interface Offer {
  readonly id: string
  readonly petId: string
  readonly kind: OfferKind
  readonly rights: Right[]
  readonly offeredBy: string
  /** Null when the key of the account that offers is destroyed. */
  readonly email: string | null
  readonly offeredAt: string
  readonly expiresAt: string
  /** When its mail was refused for good; null as long as it was not. */
  readonly undeliverableSince: string | null
}

export function toInvitation(offer: Offer): CoOwnerInvitation {
  const { id, petId, email, rights, offeredBy, offeredAt, expiresAt } = offer
  return { id, petId, email, rights, invitedBy: offeredBy, invitedAt: offeredAt, expiresAt, ...unreached(offer) }
}

export function toTransfer(offer: Offer): PetTransfer {
  const { id, petId, email, offeredBy, offeredAt, expiresAt } = offer
  return { id, petId, email, requestedBy: offeredBy, requestedAt: offeredAt, expiresAt, ...unreached(offer) }
}

function unreached({ undeliverableSince }: Offer) {
  return undeliverableSince === null ? {} : { undeliverableSince }
}
