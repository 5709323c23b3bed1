import { blindIndex } from '../../../platform/keys/blind-index.ts'
import { linkCode, linkToken } from '../../../platform/link-token.ts'
import { findAccount, findAccountByEmail } from '../../accounts/lookup.ts'
import { findChallenge, findChallengeOf } from '../../sign-in/lookup.ts'
import { accountLetter } from '../account-letter.ts'
import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { MailContext } from '../mail-context.ts'
import { actionLink } from '../mail-links.ts'
import type { Message, Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'

const name = 'email-verification'

/** Link and code for whoever has registered. */
export const welcomeNotice: Notice = {
  name: 'welcome',
  event: 'account.registered',
  async compose(context, { resourceId, eventId }) {
    const to = await addresseeOf(context, resourceId)
    if (!to) return null
    const challenge = await findChallengeOf(context.db, name, blindIndex(context.keyring, 'email', to.address))
    return verification(context, resourceId, challenge?.id, `welcome.${eventId}`)
  },
}

/** Link and code once more, for who asked for them and has an account. */
export const emailVerificationNotice: Notice = {
  name,
  event: 'email-verification.requested',
  async compose(context, { resourceId, eventId }) {
    const challenge = await findChallenge(context.db, resourceId ?? '')
    const account = challenge && (await findAccountByEmail(context.db, challenge.emailIndex))
    return verification(context, account?.id ?? null, challenge?.id, `${name}.${eventId}`)
  },
}

async function verification(
  context: MailContext,
  accountId: string | null,
  challengeId: string | undefined,
  id: string,
): Promise<Message | null> {
  const { db, keyring, config } = context
  if (accountId === null || challengeId === undefined) return null
  const [account, to] = await Promise.all([findAccount(db, accountId), addresseeOf(context, accountId)])
  if (!to || (account?.emailVerified && !to.isUndeliverable)) return null
  const code = linkCode(keyring, name, challengeId)
  const url = actionLink(config, name, linkToken(keyring, name, challengeId))
  return { to, letter: emailVerificationLetter({ id, code, url }, to.voice) }
}

export function emailVerificationLetter(
  { id, code, url }: { id: string; code: string; url: string },
  voice: Voice,
): Letter {
  const { say } = voice
  return accountLetter(voice, {
    id,
    provesAddress: true,
    subject: say('email-verification.subject'),
    paragraphs: [say('email-verification.body'), say('challenge.ignore')],
    facts: [[say('label.code'), code]],
    link: { label: say('email-verification.link'), url },
  })
}
