import type { Notice } from '../notice.ts'
import { managingOwnerMail, otherOwners } from './managing-owner-mail.ts'

/** To the others who manage the pet, or the client whom the front desk did it for, while there is time to withdraw. */
export const coOwnerInvitationSent: Notice = {
  name: 'co-owner-invitation-sent',
  event: 'co-owner-invitation.sent',
  recipients: otherOwners,
  compose(context, news) {
    return managingOwnerMail(context, this.name, news, (petName) => ({
      subject: `Somebody is invited to co-own ${petName}`,
      paragraphs: [
        `An invitation to co-own ${petName} was sent. If you do not agree, withdraw it, or contact us, before it is accepted.`,
      ],
    }))
  },
}
