import { findErasure } from '../../privacy/lookup.ts'
import { addresseeOf } from '../addressee.ts'
import type { Addressee, Letter } from '../letter.ts'
import { mailLinks } from '../mail-links.ts'
import type { Notice } from '../notice.ts'

/** Tells a person that their account is going to be erased, and how to keep it. */
export const erasureRequested: Notice = {
  name: 'erasure-requested',
  event: 'erasure.requested',
  async compose(context, { eventId, resourceId: accountId }) {
    if (accountId === null) return null
    const [erasure, to] = await Promise.all([findErasure(context.db, accountId), addresseeOf(context, accountId)])
    if (!erasure || !to) return null
    const url = mailLinks(context.config).portal
    return { to, letter: erasureRequestedLetter({ eventId, dueAt: erasure.dueAt, url }, to) }
  },
}

export function erasureRequestedLetter(
  { eventId, dueAt, url }: { eventId: string; dueAt: string; url: string },
  { voice, timeZone }: Addressee,
): Letter {
  const { say, time } = voice
  return {
    id: `erasure-requested.${eventId}`,
    kind: 'security',
    subject: say('erasure-requested.subject'),
    paragraphs: [say('erasure-requested.body'), say('erasure-requested.warning')],
    facts: [[say('label.deleted-on'), time(dueAt, timeZone)]],
    link: { label: say('erasure-requested.link'), url },
    footer: say('erasure-requested.footer'),
  }
}
