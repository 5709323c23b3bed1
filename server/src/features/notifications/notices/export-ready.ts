import { findExportOwner } from '../../privacy/lookup.ts'
import { addresseeOf } from '../addressee.ts'
import type { Addressee, Letter } from '../letter.ts'
import { actionLink } from '../mail-links.ts'
import type { Notice } from '../notice.ts'

/** Tells a person that everything about them is ready; what it says is read signed in only, so the link holds no secret. */
export const exportReady: Notice = {
  name: 'export-ready',
  event: 'export.made',
  async compose(context, { eventId, resourceId: exportId }) {
    const made = exportId === null ? undefined : await findExportOwner(context.db, exportId)
    const to = await addresseeOf(context, made?.accountId ?? null)
    if (exportId === null || !made || !to) return null
    const url = actionLink(context.config, 'account-export', exportId)
    return { to, letter: exportReadyLetter({ eventId, expiresAt: made.expiresAt, url }, to) }
  },
}

export function exportReadyLetter(
  { eventId, expiresAt, url }: { eventId: string; expiresAt: string; url: string },
  { voice, timeZone }: Addressee,
): Letter {
  const { say, time } = voice
  return {
    id: `export-ready.${eventId}`,
    kind: 'security',
    subject: say('export-ready.subject'),
    paragraphs: [say('export-ready.body')],
    facts: [[say('label.kept-until'), time(expiresAt, timeZone)]],
    link: { label: say('export-ready.link'), url },
    footer: say('export-ready.footer'),
  }
}
