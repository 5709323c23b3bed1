import { linkCode, linkToken } from '../../../platform/link-token.ts'
import { findAccountByEmail } from '../../accounts/lookup.ts'
import { findChallenge } from '../../sign-in/lookup.ts'
import { accountMail, addresseeOf } from '../account-mail.ts'
import { actionLink } from '../mail-links.ts'
import type { Notice } from '../notice.ts'

const name = 'password-reset'

/** Link and code for a new password, for who asked for them and has an account. */
export const passwordResetNotice: Notice = {
  name,
  event: 'password-reset.requested',
  async compose(context, { resourceId, eventId }) {
    const { db, keyring, config } = context
    const challenge = await findChallenge(db, resourceId ?? '')
    const holder = challenge && (await addresseeOf(context, await findAccountByEmail(db, challenge.emailIndex)))
    if (!holder) return null
    return accountMail(holder, {
      id: `${name}.${eventId}`,
      subject: 'Set a new password',
      paragraphs: [
        'Somebody, hopefully you, asked for a new password. Follow the link, or type the code where Petra asks for it. Either is good once, for 10 minutes.',
        'If it was not you, do nothing: your password stays as it is.',
      ],
      code: linkCode(keyring, name, challenge.id),
      link: { label: 'Set a new password', url: actionLink(config, name, linkToken(keyring, name, challenge.id)) },
    })
  },
}
