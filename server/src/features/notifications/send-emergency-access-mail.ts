import { mailAddressOf } from '../accounts/lookup.ts'
import { deliver } from './deliver.ts'
import { emergencyAccessMail } from './emergency-access-mail.ts'
import type { EmergencyAccessNewsForOwner } from './emergency-access-news.ts'
import type { MailContext } from './mail-context.ts'
import { mailLinks } from './mail-links.ts'
import { findEmergencyAccess } from './queries.ts'

/** Mails one owner that a vet has opened emergency access. */
export async function sendEmergencyAccessMail(context: MailContext, news: EmergencyAccessNewsForOwner): Promise<void> {
  const { db, config, mailer } = context
  const [access, ownerEmail] = await Promise.all([
    findEmergencyAccess(db, news),
    mailAddressOf(db, context, news.ownerId),
  ])
  if (!access || ownerEmail === null) return
  await deliver(mailer, emergencyAccessMail({ ...news, ...access, ownerEmail }, mailLinks(config)))
}
