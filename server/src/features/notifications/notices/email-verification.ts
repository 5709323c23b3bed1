import { blindIndex } from '../../../platform/blind-index.ts'
import { linkCode, linkToken } from '../../../platform/link-token.ts'
import { type AccountRow, findAccount, findAccountByEmail } from '../../accounts/lookup.ts'
import { findChallenge, findChallengeOf } from '../../sign-in/lookup.ts'
import { accountMail, addresseeOf, holderOf } from '../account-mail.ts'
import type { MailContext } from '../mail-context.ts'
import { actionLink } from '../mail-links.ts'
import type { Mail } from '../mailer.ts'
import type { Notice } from '../notice.ts'

const name = 'email-verification'

/** Link and code for whoever has registered. */
export const welcomeNotice: Notice = {
  name: 'welcome',
  event: 'account.registered',
  async compose(context, { resourceId, eventId }) {
    const holder = await holderOf(context, resourceId)
    if (!holder) return null
    const challenge = await findChallengeOf(context.db, name, blindIndex(context.keyring, 'email', holder.email))
    const account = await findAccount(context.db, resourceId ?? '')
    return verificationMail(context, account, challenge?.id, `welcome.${eventId}`)
  },
}

/** Link and code once more, for who asked for them and has an account. */
export const emailVerificationNotice: Notice = {
  name,
  event: 'email-verification.requested',
  async compose(context, { resourceId, eventId }) {
    const challenge = await findChallenge(context.db, resourceId ?? '')
    const account = challenge && (await findAccountByEmail(context.db, challenge.emailIndex))
    return verificationMail(context, account, challenge?.id, `${name}.${eventId}`)
  },
}

async function verificationMail(
  context: MailContext,
  account: AccountRow | undefined,
  challengeId: string | undefined,
  id: string,
): Promise<Mail | null> {
  const holder = await addresseeOf(context, account)
  if (!holder || account?.emailVerified || challengeId === undefined) return null
  const { keyring, config } = context
  return accountMail(holder, {
    id,
    subject: 'Confirm your e-mail address',
    paragraphs: [
      'Please confirm that this is your address: follow the link, or type the code where Petra asks for it. Either is good once, for 10 minutes.',
      'If you did not ask for this, do nothing.',
    ],
    code: linkCode(keyring, name, challengeId),
    link: { label: 'Confirm my address', url: actionLink(config, name, linkToken(keyring, name, challengeId)) },
  })
}
