import { linkToken } from '../../../platform/link-token.ts'
import { findInvitation } from '../../accounts/lookup.ts'
import { addresseeOf } from '../addressee.ts'
import type { Addressee, Letter } from '../letter.ts'
import { actionLink } from '../mail-links.ts'
import type { Notice } from '../notice.ts'

/** Tells a client or a new member of staff how to claim the account that was made for them. */
export const accountInvitation: Notice = {
  name: 'account-invitation',
  event: 'account.invited',
  async compose(context, { eventId, resourceId: accountId }) {
    const { db, config, keyring } = context
    if (accountId === null) return null
    const [invitation, to] = await Promise.all([findInvitation(db, accountId), addresseeOf(context, accountId)])
    if (!invitation || !to) return null
    const url = actionLink(config, 'account-claim', linkToken(keyring, 'account-claim', invitation.id))
    return { to, letter: accountInvitationLetter({ eventId, url, expiresAt: invitation.expiresAt }, to) }
  },
}

export function accountInvitationLetter(
  { eventId, url, expiresAt }: { eventId: string; url: string; expiresAt: string },
  { voice, timeZone }: Addressee,
): Letter {
  const { say, time } = voice
  return {
    id: `account-invitation.${eventId}`,
    kind: 'security',
    provesAddress: true,
    subject: say('account-invitation.subject'),
    paragraphs: [say('account-invitation.body'), say('account-invitation.note')],
    facts: [[say('label.link-ends'), time(expiresAt, timeZone)]],
    link: { label: say('account-invitation.link'), url },
    footer: say('account-invitation.footer'),
  }
}
