import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'
import { type ManagingNews, managingLetter, otherOwners, tellManagingOwner } from './managing-owner-letter.ts'

/** To the others who manage the pet, or the client whom the front desk did it for, while there is time to withdraw. */
export const coOwnerInvitationSent: Notice = {
  name: 'co-owner-invitation-sent',
  event: 'co-owner-invitation.sent',
  recipients: otherOwners,
  compose(context, news) {
    return tellManagingOwner(context, this.name, news, coOwnerInvitationSentLetter)
  },
}

export function coOwnerInvitationSentLetter(news: ManagingNews, voice: Voice): Letter {
  const { pet } = news
  return managingLetter(news, voice, {
    subject: voice.say('co-owner-invitation-sent.subject', { pet }),
    paragraphs: [voice.say('co-owner-invitation-sent.body', { pet })],
  })
}
