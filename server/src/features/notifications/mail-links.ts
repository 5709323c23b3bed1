import type { Config } from '../../platform/config.ts'
import type { MailLinks } from './visit.ts'

/** Where mails lead: the public URL, and the bare address that they come from. */
export function mailLinks({ publicUrl, mailFrom }: Pick<Config, 'publicUrl' | 'mailFrom'>): MailLinks {
  return { portal: publicUrl, organizer: /<([^<>]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom }
}
