import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'
import { type ManagingNews, managingLetter, tellManagingOwner } from './managing-owner-letter.ts'

/** To who owns the pet now; those who owned it are told by `ownership-ended`. */
export const petTransferAccepted: Notice = {
  name: 'pet-transfer-accepted',
  event: 'pet-transfer.accepted',
  recipients: async (_, { actorId }) => (actorId === null ? [] : [actorId]),
  compose(context, news) {
    return tellManagingOwner(context, this.name, news, petTransferAcceptedLetter)
  },
}

export function petTransferAcceptedLetter(news: ManagingNews, voice: Voice): Letter {
  const { pet } = news
  return managingLetter(news, voice, {
    subject: voice.say('pet-transfer-accepted.subject', { pet }),
    paragraphs: [voice.say('pet-transfer-accepted.body', { pet })],
  })
}
