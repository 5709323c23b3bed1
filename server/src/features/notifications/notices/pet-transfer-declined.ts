import type { Notice } from '../notice.ts'
import { managingOwnerMail, otherOwners } from './managing-owner-mail.ts'

/** To those who manage the pet. */
export const petTransferDeclined: Notice = {
  name: 'pet-transfer-declined',
  event: 'pet-transfer.declined',
  recipients: otherOwners,
  compose(context, news) {
    return managingOwnerMail(context, this.name, news, (petName) => ({
      subject: `The transfer of ${petName} was declined`,
      paragraphs: ['Nothing has changed.'],
    }))
  },
}
