import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'
import { type ManagingNews, managingLetter, otherOwners, tellManagingOwner } from './managing-owner-letter.ts'

/** To those who manage the pet: whoever invited among them, or the client whom the front desk did it for. */
export const coOwnerInvitationDeclined: Notice = {
  name: 'co-owner-invitation-declined',
  event: 'co-owner-invitation.declined',
  recipients: otherOwners,
  compose(context, news) {
    return tellManagingOwner(context, this.name, news, coOwnerInvitationDeclinedLetter)
  },
}

export function coOwnerInvitationDeclinedLetter(news: ManagingNews, voice: Voice): Letter {
  return managingLetter(news, voice, {
    subject: voice.say('co-owner-invitation-declined.subject', { pet: news.pet }),
    paragraphs: [voice.say('offer.nothing-changed')],
  })
}
