import { accountMail, holderOf } from '../account-mail.ts'
import type { Notice } from '../notice.ts'

/** Tells the holder that the password is another one, however that came. */
export const passwordChangedNotice: Notice = {
  name: 'password-changed',
  event: 'password.changed',
  async compose(context, { resourceId, eventId }) {
    const holder = await holderOf(context, resourceId)
    if (!holder) return null
    return accountMail(holder, {
      id: `password-changed.${eventId}`,
      subject: 'Your password was changed',
      paragraphs: [
        'The password of your account was changed, and other devices were signed out.',
        'If it was not you, ask for a new password at once, and tell us.',
      ],
      link: { label: 'Open Petra', url: context.config.publicUrl },
    })
  },
}
