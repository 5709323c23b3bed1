import type { Notice } from '../notice.ts'
import { managingOwnerMail, otherOwners } from './managing-owner-mail.ts'

/** To the others who manage the pet, who would lose it, while there is time to withdraw. */
export const petTransferRequested: Notice = {
  name: 'pet-transfer-requested',
  event: 'pet-transfer.requested',
  recipients: otherOwners,
  compose(context, news) {
    return managingOwnerMail(context, this.name, news, (petName) => ({
      subject: `${petName} is to be handed over to somebody else`,
      paragraphs: [
        `A transfer of ${petName} was asked for in our system. Once it is accepted, which may be at any time in the next 7 days, every ownership of today ends, yours too.`,
        'If you do not agree, withdraw the transfer, or contact us, at once.',
      ],
    }))
  },
}
