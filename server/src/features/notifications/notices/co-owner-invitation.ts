import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'
import { type OfferNews, offerLetter, tellOfOffer } from './offer-letter.ts'

/** To the invited address, known or not. */
export const coOwnerInvitation: Notice = {
  name: 'co-owner-invitation',
  event: 'co-owner-invitation.sent',
  compose: (context, news) => tellOfOffer(context, news, coOwnerInvitationLetter),
}

export function coOwnerInvitationLetter(news: OfferNews, voice: Voice): Letter {
  const { petName: pet, offeredByName: offerer } = news.offer
  const rights = voice.list(news.offer.rights.map((right) => voice.say(`right.${right}`)))
  return offerLetter(news, voice, {
    subject: voice.say('co-owner-invitation.subject', { offerer, pet }),
    paragraph: voice.say('co-owner-invitation.body', { offerer, pet, rights }),
    label: voice.say('co-owner-invitation.link'),
  })
}
