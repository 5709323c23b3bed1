import { blindIndex } from '../../../platform/blind-index.ts'
import { linkToken } from '../../../platform/link-token.ts'
import { findAccount, findHolder } from '../../accounts/lookup.ts'
import { findEmailChange, openAddresses } from '../../sign-in/lookup.ts'
import { accountMail } from '../account-mail.ts'
import type { MailContext } from '../mail-context.ts'
import { actionLink } from '../mail-links.ts'
import type { Notice, NoticeNews } from '../notice.ts'

/** The link, to the address that an account wants to have; not when an account has it already. */
export const emailChangeLinkNotice: Notice = {
  name: 'email-change-link',
  event: 'email-change.requested',
  async compose(context, news) {
    const change = await changeOf(context, news)
    if (!change?.isPending) return null
    const { db, keyring, config } = context
    const { name, id, to } = change
    if (await findHolder(db, blindIndex(keyring, 'email', to))) return null
    return accountMail(
      { name, email: to },
      {
        id: `email-change-link.${news.eventId}`,
        subject: 'Confirm your new e-mail address',
        paragraphs: [
          'This address was given for a Petra account. Follow the link to use it from now on; it is good once, for 30 minutes.',
          'If you did not ask for this, do nothing.',
        ],
        link: {
          label: 'Use this address',
          url: actionLink(config, 'email-change', linkToken(keyring, 'email-change', id)),
        },
      },
    )
  },
}

/** Tells the address that was left. */
export const emailLeftNotice = changedNotice('email-left', ({ from }) => from, [
  'Your account has another e-mail address now; this one gets no more mail about it.',
  'If it was not you, tell us at once.',
])

/** Tells the address that was taken. */
export const emailTakenNotice = changedNotice('email-taken', ({ to }) => to, [
  'This is the e-mail address of your account now: sign in with it from here on.',
  'If it was not you, tell us at once.',
])

function changedNotice(
  name: string,
  whom: (change: { from: string | null; to: string }) => string | null,
  paragraphs: string[],
): Notice {
  return {
    name,
    event: 'email.changed',
    async compose(context, news) {
      const change = await changeOf(context, news)
      const email = change && whom(change)
      if (!email) return null
      const link = { label: 'Open Petra', url: context.config.publicUrl }
      const subject = 'Your e-mail address was changed'
      return accountMail({ name: change.name, email }, { id: `${name}.${news.eventId}`, subject, paragraphs, link })
    },
  }
}

/** The change that the news is about, unless a newer one has replaced it. */
async function changeOf(context: MailContext, { resourceId, at }: NoticeNews) {
  const { db } = context
  const account = await findAccount(db, resourceId ?? '')
  const change = account && !account.disabled ? await findEmailChange(db, account.id, at) : undefined
  return account && change && { ...change, name: account.name, ...(await openAddresses(db, context, change)) }
}
