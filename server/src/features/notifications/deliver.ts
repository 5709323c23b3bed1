import { type Addressee, type Letter, mailOf } from './letter.ts'
import type { MailContext } from './mail-context.ts'

/**
 * Sends a letter by mail.
 * @throws MailNotAccepted when the server would not have it
 */
export async function deliver({ mailer }: MailContext, to: Addressee, letter: Letter): Promise<void> {
  try {
    await mailer.send(mailOf(to, letter))
  } catch (error) {
    throw new MailNotAccepted(error)
  }
}

/** Says why by codes alone: the server's own words name the recipient, and a failed job keeps its error. */
export class MailNotAccepted extends Error {
  override name = 'MailNotAccepted'
  readonly code: string
  constructor(error: unknown) {
    const { code, responseCode } = error as { code?: string; responseCode?: number }
    const reasons = [code, responseCode && `SMTP ${responseCode}`].filter(Boolean)
    super(`The mail was not accepted (${reasons.join(', ') || 'for no known reason'})`)
    this.code = reasons.join(', ')
  }
}
