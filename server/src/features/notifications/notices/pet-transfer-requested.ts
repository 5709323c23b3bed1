import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'
import { type ManagingNews, managingLetter, otherOwners, tellManagingOwner } from './managing-owner-letter.ts'

/** To the others who manage the pet, who would lose it, while there is time to withdraw. */
export const petTransferRequested: Notice = {
  name: 'pet-transfer-requested',
  event: 'pet-transfer.requested',
  recipients: otherOwners,
  compose(context, news) {
    return tellManagingOwner(context, this.name, news, petTransferRequestedLetter)
  },
}

export function petTransferRequestedLetter(news: ManagingNews, voice: Voice): Letter {
  const { pet } = news
  return managingLetter(news, voice, {
    subject: voice.say('pet-transfer-requested.subject', { pet }),
    paragraphs: [voice.say('pet-transfer-requested.body', { pet }), voice.say('pet-transfer-requested.advice')],
  })
}
