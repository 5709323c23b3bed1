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
}

export function toInvitation({ id, petId, email, rights, offeredBy, offeredAt, expiresAt }: Offer): CoOwnerInvitation {
  return { id, petId, email, rights, invitedBy: offeredBy, invitedAt: offeredAt, expiresAt }
}

export function toTransfer({ id, petId, email, offeredBy, offeredAt, expiresAt }: Offer): PetTransfer {
  return { id, petId, email, requestedBy: offeredBy, requestedAt: offeredAt, expiresAt }
}
