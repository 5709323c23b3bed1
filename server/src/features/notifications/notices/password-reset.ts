import { linkCode, linkToken } from '../../../platform/link-token.ts'
import { findAccountByEmail } from '../../accounts/lookup.ts'
import { findChallenge } from '../../sign-in/lookup.ts'
import { accountLetter } from '../account-letter.ts'
import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import { actionLink } from '../mail-links.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'

const name = 'password-reset'

/** Link and code for a new password, for who asked for them and has an account. */
export const passwordResetNotice: Notice = {
  name,
  event: 'password-reset.requested',
  async compose(context, { resourceId, eventId }) {
    const { db, keyring, config } = context
    const challenge = await findChallenge(db, resourceId ?? '')
    const account = challenge && (await findAccountByEmail(db, challenge.emailIndex))
    const to = await addresseeOf(context, account?.id ?? null)
    if (!to || !challenge) return null
    const code = linkCode(keyring, name, challenge.id)
    const url = actionLink(config, name, linkToken(keyring, name, challenge.id))
    return { to, letter: passwordResetLetter({ eventId, code, url }, to.voice) }
  },
}

export function passwordResetLetter(
  { eventId, code, url }: { eventId: string; code: string; url: string },
  voice: Voice,
): Letter {
  const { say } = voice
  return accountLetter(voice, {
    provesAddress: true,
    id: `${name}.${eventId}`,
    subject: say('password-reset.subject'),
    paragraphs: [say('password-reset.body'), say('password-reset.ignore')],
    facts: [[say('label.code'), code]],
    link: { label: say('password-reset.link'), url },
  })
}
