import type { Notice } from '../notice.ts'
import { offerMail } from './offer-mail.ts'

/** To the address that is to take the pet over, known or not. */
export const petTransfer: Notice = {
  name: 'pet-transfer',
  event: 'pet-transfer.requested',
  compose: (context, { resourceId }) =>
    offerMail(context, resourceId as string, ({ offeredByName, petName }) => ({
      subject: `${offeredByName} would like to hand ${petName} over to you`,
      paragraph: `${offeredByName} asks you to take ${petName} over at Petra. Once you accept, ${petName} is yours alone, with profile, visits and medical records.`,
      label: 'Answer the request',
    })),
}
