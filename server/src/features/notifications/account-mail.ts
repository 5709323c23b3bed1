import { type AccountRow, findAccount, openContacts } from '../accounts/lookup.ts'
import { mailBody } from './mail-body.ts'
import type { MailContext } from './mail-context.ts'
import type { Mail } from './mailer.ts'

/** Whom a mail about an account goes to. */
export interface Addressee {
  readonly name: string
  readonly email: string
}

export interface AccountMail {
  /** `<notice>.<event id>`: the same for every try. */
  readonly id: string
  readonly subject: string
  readonly paragraphs: string[]
  readonly code?: string
  readonly link: { readonly label: string; readonly url: string }
}

/** A mail to an account's holder about signing in. */
export function accountMail({ name, email }: Addressee, { id, subject, paragraphs, code, link }: AccountMail): Mail {
  return {
    messageId: `${id}@petra`,
    to: { name, address: email },
    subject,
    ...mailBody({
      heading: subject,
      greeting: `Hello ${name},`,
      paragraphs,
      facts: code === undefined ? [] : [['Code', code]],
      link,
      signature: 'This message is about the security of your Petra account.',
    }),
  }
}

/** The holder of an account; null for nobody, without an address, and once the account is disabled. */
export async function holderOf(context: MailContext, accountId: string | null): Promise<Addressee | null> {
  const account = accountId === null ? undefined : await findAccount(context.db, accountId)
  return addresseeOf(context, account)
}

export async function addresseeOf(context: MailContext, account: AccountRow | undefined): Promise<Addressee | null> {
  if (!account || account.disabled) return null
  const email = (await openContacts(context.db, context, [account])).get(account.id)?.email
  return email ? { name: account.name, email } : null
}
