import type { Config } from '../../platform/config.ts'
import type { LinkPurpose } from '../../platform/link-token.ts'
import type { MailLinks } from './visit.ts'

/** Where mails lead: the public URL, and the bare address that they come from. */
export function mailLinks({ publicUrl, mailFrom }: Pick<Config, 'publicUrl' | 'mailFrom'>): MailLinks {
  return { portal: publicUrl, organizer: /<([^<>]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom }
}

/** Where a mailed link leads: its secret is in the fragment, which browsers send to nobody. */
export function actionLink({ publicUrl }: Pick<Config, 'publicUrl'>, purpose: LinkPurpose, token: string): string {
  return `${publicUrl}/go#${purpose}=${token}`
}
