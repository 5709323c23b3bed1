import { findAccount } from '../../accounts/lookup.ts'
import type { Notice } from '../notice.ts'
import { managingOwnerMail, otherOwners } from './managing-owner-mail.ts'

/** To those who manage the pet: whoever invited among them, or the client whom the front desk did it for. */
export const coOwnerInvitationAccepted: Notice = {
  name: 'co-owner-invitation-accepted',
  event: 'co-owner-invitation.accepted',
  recipients: otherOwners,
  async compose(context, news) {
    const coOwner = await findAccount(context.db, news.actorId as string)
    if (!coOwner) return null
    return managingOwnerMail(context, this.name, news, (petName) => ({
      subject: `${coOwner.name} is a co-owner of ${petName} now`,
      paragraphs: [`${coOwner.name} has accepted the invitation. If you did not expect this, please contact us.`],
    }))
  },
}
