import { linkToken } from '../../../platform/link-token.ts'
import { findInvitation, mailAddressOf } from '../../accounts/lookup.ts'
import { mailBody } from '../mail-body.ts'
import { actionLink } from '../mail-links.ts'
import type { Notice } from '../notice.ts'
import { spokenTime } from '../spoken-time.ts'

/** Tells a client or a new member of staff how to claim the account that was made for them. */
export const accountInvitation: Notice = {
  name: 'account-invitation',
  event: 'account.invited',
  async compose(context, { eventId, resourceId: accountId }) {
    const { db, config, keyring } = context
    if (accountId === null) return null
    const [invitation, address] = await Promise.all([
      findInvitation(db, accountId),
      mailAddressOf(db, context, accountId),
    ])
    if (!invitation || address === null) return null
    const url = actionLink(config, 'account-claim', linkToken(keyring, 'account-claim', invitation.id))
    return {
      messageId: `account-invitation.${eventId}@petra`,
      to: { name: invitation.name, address },
      subject: 'Your account is waiting for you',
      ...mailBody({
        heading: 'Your account is waiting for you',
        greeting: `Hello ${invitation.name},`,
        paragraphs: [
          'We have opened an account for you. Choose a password, and it is yours.',
          'The link works once. If you do not know why you get this message, you need not do anything.',
        ],
        facts: [['Link ends', spokenTime(invitation.expiresAt, 'UTC')]],
        link: { label: 'Choose a password', url },
        signature: 'Nobody but you can open this link: please do not pass it on.',
      }),
    }
  },
}
