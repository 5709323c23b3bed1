import { accountMail, holderOf } from '../account-mail.ts'
import type { Notice } from '../notice.ts'

/** Tells the holder of an address that somebody tried to register it; whoever tried is not told that it is known. */
export const registrationAttemptedNotice: Notice = {
  name: 'registration-attempted',
  event: 'registration.attempted',
  async compose(context, { resourceId, eventId }) {
    const holder = await holderOf(context, resourceId)
    if (!holder) return null
    return accountMail(holder, {
      id: `registration-attempted.${eventId}`,
      subject: 'You have an account already',
      paragraphs: [
        'Somebody tried to open an account with this address. You have one already, and nothing about it has changed.',
        'If it was you, sign in, or ask for a new password. If not, there is nothing to do.',
      ],
      link: { label: 'Open Petra', url: context.config.publicUrl },
    })
  },
}
