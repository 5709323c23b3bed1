import { findAccount, mailAddressOf } from '../../accounts/lookup.ts'
import { findExportOwner } from '../../privacy/lookup.ts'
import { mailBody } from '../mail-body.ts'
import { actionLink } from '../mail-links.ts'
import type { Notice } from '../notice.ts'
import { spokenTime } from '../spoken-time.ts'

/** Tells a person that everything about them is ready; what it says is read signed in only, so the link holds no secret. */
export const exportReady: Notice = {
  name: 'export-ready',
  event: 'export.made',
  async compose(context, { eventId, resourceId: exportId }) {
    const { db, config } = context
    const made = exportId === null ? undefined : await findExportOwner(db, exportId)
    if (exportId === null || !made) return null
    const [account, address] = await Promise.all([
      findAccount(db, made.accountId),
      mailAddressOf(db, context, made.accountId),
    ])
    if (!account || address === null) return null
    return {
      messageId: `export-ready.${eventId}@petra`,
      to: { name: account.name, address },
      subject: 'Your data is ready',
      ...mailBody({
        heading: 'Your data is ready',
        greeting: `Hello ${account.name},`,
        paragraphs: ['You asked for everything we hold about you. Sign in to download it.'],
        facts: [['Kept until', spokenTime(made.expiresAt, 'UTC')]],
        link: { label: 'Download your data', url: actionLink(config, 'account-export', exportId) },
        signature: 'If you did not ask for it, somebody else may be signed in as you: change your password.',
      }),
    }
  },
}
