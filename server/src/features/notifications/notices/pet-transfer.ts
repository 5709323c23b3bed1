import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'
import { type OfferNews, offerLetter, tellOfOffer } from './offer-letter.ts'

/** To the address that is to take the pet over, known or not. */
export const petTransfer: Notice = {
  name: 'pet-transfer',
  event: 'pet-transfer.requested',
  compose: (context, news) => tellOfOffer(context, news, petTransferLetter),
}

export function petTransferLetter(news: OfferNews, voice: Voice): Letter {
  const { petName: pet, offeredByName: offerer } = news.offer
  return offerLetter(news, voice, {
    subject: voice.say('pet-transfer.subject', { offerer, pet }),
    paragraph: voice.say('pet-transfer.body', { offerer, pet }),
    label: voice.say('pet-transfer.link'),
  })
}
