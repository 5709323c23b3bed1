import { findAccount } from '../../accounts/lookup.ts'
import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'
import { type ManagingNews, managingLetter, otherOwners, tellManagingOwner } from './managing-owner-letter.ts'

/** To those who manage the pet: whoever invited among them, or the client whom the front desk did it for. */
export const coOwnerInvitationAccepted: Notice = {
  name: 'co-owner-invitation-accepted',
  event: 'co-owner-invitation.accepted',
  recipients: otherOwners,
  async compose(context, news) {
    const coOwner = await findAccount(context.db, news.actorId as string)
    if (!coOwner) return null
    return tellManagingOwner(context, this.name, news, (managed, voice) =>
      coOwnerInvitationAcceptedLetter({ ...managed, owner: coOwner.name }, voice),
    )
  },
}

export function coOwnerInvitationAcceptedLetter(news: ManagingNews & { owner: string }, voice: Voice): Letter {
  const { pet, owner } = news
  return managingLetter(news, voice, {
    subject: voice.say('co-owner-invitation-accepted.subject', { owner, pet }),
    paragraphs: [voice.say('co-owner-invitation-accepted.body', { owner })],
  })
}
