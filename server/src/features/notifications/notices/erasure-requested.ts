import { findAccount, mailAddressOf } from '../../accounts/lookup.ts'
import { findErasure } from '../../privacy/lookup.ts'
import { mailBody } from '../mail-body.ts'
import { mailLinks } from '../mail-links.ts'
import type { Notice } from '../notice.ts'
import { spokenTime } from '../spoken-time.ts'

/** Tells a person that their account is going to be erased, and how to keep it. */
export const erasureRequested: Notice = {
  name: 'erasure-requested',
  event: 'erasure.requested',
  async compose(context, { eventId, resourceId: accountId }) {
    const { db, config } = context
    if (accountId === null) return null
    const [erasure, account, address] = await Promise.all([
      findErasure(db, accountId),
      findAccount(db, accountId),
      mailAddressOf(db, context, accountId),
    ])
    if (!erasure || !account || address === null) return null
    return {
      messageId: `erasure-requested.${eventId}@petra`,
      to: { name: account.name, address },
      subject: 'Your account will be deleted',
      ...mailBody({
        heading: 'Your account will be deleted',
        greeting: `Hello ${account.name},`,
        paragraphs: [
          'You asked us to delete your account. Until then everything stays as it is, and you can keep it: sign in and withdraw the deletion.',
          'Afterwards it cannot be undone. Pets that nobody else manages are archived and their visits cancelled: if somebody else looks after them, hand them over before.',
        ],
        facts: [['Deleted', spokenTime(erasure.dueAt, 'UTC')]],
        link: { label: 'Sign in to keep your account', url: mailLinks(config).portal },
        signature: 'If you did not ask for this, sign in, withdraw the deletion and change your password.',
      }),
    }
  },
}
