import { blindIndex } from '../../../platform/keys/blind-index.ts'
import { linkToken } from '../../../platform/link-token.ts'
import { findAccount, findHolder } from '../../accounts/lookup.ts'
import { findEmailChange, openAddresses } from '../../sign-in/lookup.ts'
import { accountLetter } from '../account-letter.ts'
import { readerAt } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { MailContext } from '../mail-context.ts'
import { actionLink } from '../mail-links.ts'
import type { Notice, NoticeNews } from '../notice.ts'
import { type Voice, voiceFor } from '../voice.ts'

/** The link, to the address that an account wants to have; not when an account has it already. */
export const emailChangeLinkNotice: Notice = {
  name: 'email-change-link',
  event: 'email-change.requested',
  async compose(context, news) {
    const change = await changeOf(context, news)
    if (!change?.isPending) return null
    const { db, keyring, config } = context
    if (await findHolder(db, blindIndex(keyring, 'email', change.to))) return null
    const url = actionLink(config, 'email-change', linkToken(keyring, 'email-change', change.id))
    const to = readerAt(change.to, change.name, change.voice)
    return { to, letter: emailChangeLinkLetter({ eventId: news.eventId, url }, to.voice) }
  },
}

export function emailChangeLinkLetter({ eventId, url }: { eventId: string; url: string }, voice: Voice): Letter {
  const { say } = voice
  return accountLetter(voice, {
    id: `email-change-link.${eventId}`,
    subject: say('email-change-link.subject'),
    paragraphs: [say('email-change-link.body'), say('challenge.ignore')],
    link: { label: say('email-change-link.link'), url },
  })
}

/** Tells the address that was left. */
export const emailLeftNotice = changedNotice('email-left', ({ from }) => from)

/** Tells the address that was taken. */
export const emailTakenNotice = changedNotice('email-taken', ({ to }) => to)

type Side = 'email-left' | 'email-taken'

export function emailChangedLetter(
  side: Side,
  { eventId, url }: { eventId: string; url: string },
  voice: Voice,
): Letter {
  const { say } = voice
  return accountLetter(voice, {
    id: `${side}.${eventId}`,
    subject: say('email-changed.subject'),
    paragraphs: [
      say(side === 'email-left' ? 'email-changed.left' : 'email-changed.taken'),
      say('email-changed.advice'),
    ],
    link: { label: say('link.portal'), url },
  })
}

function changedNotice(name: Side, whom: (change: { from: string | null; to: string }) => string | null): Notice {
  return {
    name,
    event: 'email.changed',
    async compose(context, news) {
      const change = await changeOf(context, news)
      const email = change && whom(change)
      if (!email) return null
      const to = readerAt(email, change.name, change.voice)
      return {
        to,
        letter: emailChangedLetter(name, { eventId: news.eventId, url: context.config.publicUrl }, to.voice),
      }
    },
  }
}

/** The change that the news is about, unless a newer one has replaced it, or a new password dropped it, before it was completed. */
async function changeOf(context: MailContext, { resourceId, at }: NoticeNews) {
  const { db } = context
  const account = await findAccount(db, resourceId ?? '')
  const change = account && !account.disabled ? await findEmailChange(db, account.id, at) : undefined
  if (!account || !change) return undefined
  const addresses = await openAddresses(db, context, change)
  return addresses && { ...change, ...addresses, name: account.name, voice: await voiceFor(account.locale) }
}
