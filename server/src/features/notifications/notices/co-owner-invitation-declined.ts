import type { Notice } from '../notice.ts'
import { managingOwnerMail, otherOwners } from './managing-owner-mail.ts'

/** To those who manage the pet: whoever invited among them, or the client whom the front desk did it for. */
export const coOwnerInvitationDeclined: Notice = {
  name: 'co-owner-invitation-declined',
  event: 'co-owner-invitation.declined',
  recipients: otherOwners,
  compose(context, news) {
    return managingOwnerMail(context, this.name, news, (petName) => ({
      subject: `An invitation to co-own ${petName} was declined`,
      paragraphs: ['Nothing has changed.'],
    }))
  },
}
