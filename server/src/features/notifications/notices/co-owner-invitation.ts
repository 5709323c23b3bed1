import type { Right } from '@petra/contract'
import type { Notice } from '../notice.ts'
import { offerMail } from './offer-mail.ts'

/** To the invited address, known or not. */
export const coOwnerInvitation: Notice = {
  name: 'co-owner-invitation',
  event: 'co-owner-invitation.sent',
  compose: (context, { resourceId }) =>
    offerMail(context, resourceId as string, ({ offeredByName, petName, rights }) => ({
      subject: `${offeredByName} invites you to look after ${petName}`,
      paragraph: `${offeredByName} would like you to be a co-owner of ${petName} at Petra. You could ${listed(rights)}.`,
      label: 'Answer the invitation',
    })),
}

const words: Record<Right, string> = {
  view: 'see the profile',
  book: 'book visits',
  records: 'read and add to the medical records',
  manage: 'decide about the profile and who owns the pet',
}

function listed(rights: readonly Right[]): string {
  return new Intl.ListFormat('en').format(rights.map((right) => words[right]))
}
