import { mailAddressOf } from '../accounts/lookup.ts'
import { deliver } from './deliver.ts'
import type { MailContext } from './mail-context.ts'
import { mailLinks } from './mail-links.ts'
import type { Mail } from './mailer.ts'
import { findVisit } from './queries.ts'
import type { MailLinks, Visit } from './visit.ts'
import { approvedMail, bookedMail, cancelledMail, declinedMail, movedMail, reminderMail } from './visit-mails.ts'
import type { VisitNewsForOwner } from './visit-news.ts'

/**
 * Mails one owner what is new about a visit. News that later news has overtaken is not sent, nor a reminder of a visit
 * that will not take place. Owners without the right to book are not told.
 */
export async function sendVisitMail(context: MailContext, news: VisitNewsForOwner): Promise<void> {
  const { db, config, mailer } = context
  const [visit, ownerEmail] = await Promise.all([
    findVisit(db, news.appointmentId, news.ownerId),
    mailAddressOf(db, context, news.ownerId),
  ])
  if (!visit || ownerEmail === null || visit.sequence !== news.sequence) return
  if (news.kind === 'reminder' && !visit.isExpected) return
  await deliver(mailer, mailOf(news, { ...visit, ownerEmail }, mailLinks(config)))
}

function mailOf(news: VisitNewsForOwner, visit: Visit, links: MailLinks): Mail {
  switch (news.kind) {
    case 'booked':
      return bookedMail(visit, links)
    case 'approved':
      return approvedMail(visit, links)
    case 'declined':
      return declinedMail(visit, links)
    case 'moved':
      return movedMail(visit, news.previousStartsAt ?? visit.startsAt, links)
    case 'cancelled':
      return cancelledMail(visit, links)
    case 'reminder':
      return reminderMail(visit, links)
  }
}
