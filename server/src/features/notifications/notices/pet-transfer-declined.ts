import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'
import { type ManagingNews, managingLetter, otherOwners, tellManagingOwner } from './managing-owner-letter.ts'

/** To those who manage the pet. */
export const petTransferDeclined: Notice = {
  name: 'pet-transfer-declined',
  event: 'pet-transfer.declined',
  recipients: otherOwners,
  compose(context, news) {
    return tellManagingOwner(context, this.name, news, petTransferDeclinedLetter)
  },
}

export function petTransferDeclinedLetter(news: ManagingNews, voice: Voice): Letter {
  return managingLetter(news, voice, {
    subject: voice.say('pet-transfer-declined.subject', { pet: news.pet }),
    paragraphs: [voice.say('offer.nothing-changed')],
  })
}
