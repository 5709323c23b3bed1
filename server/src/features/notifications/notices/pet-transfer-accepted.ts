import type { Notice } from '../notice.ts'
import { managingOwnerMail } from './managing-owner-mail.ts'

/** To who owns the pet now; those who owned it are told by `ownership-ended`. */
export const petTransferAccepted: Notice = {
  name: 'pet-transfer-accepted',
  event: 'pet-transfer.accepted',
  recipients: async (_, { actorId }) => (actorId === null ? [] : [actorId]),
  compose(context, news) {
    return managingOwnerMail(context, this.name, news, (petName) => ({
      subject: `${petName} is yours now`,
      paragraphs: [`You have taken ${petName} over. The visits that were booked stand, and you may invite co-owners.`],
    }))
  },
}
