import { addresseeOf } from './addressee.ts'
import { deliver } from './deliver.ts'
import type { Addressee, Letter } from './letter.ts'
import type { MailContext } from './mail-context.ts'
import { mailLinks } from './mail-links.ts'
import { findVisit } from './queries.ts'
import type { MailLinks, Visit } from './visit.ts'
import {
  approvedLetter,
  bookedLetter,
  cancelledLetter,
  declinedLetter,
  farewellLetter,
  movedLetter,
  reminderLetter,
} from './visit-letters.ts'
import type { VisitNewsForOwner } from './visit-news.ts'

/**
 * Mails one owner what is new about a visit. News that later news has overtaken is not sent, nor a reminder of a visit
 * that will not take place. Owners without the right to book are not told.
 */
export async function sendVisitMail(context: MailContext, news: VisitNewsForOwner): Promise<void> {
  const { db, config } = context
  const [visit, to] = await Promise.all([
    findVisit(db, news.appointmentId, news.ownerId),
    addresseeOf(context, news.ownerId),
  ])
  if (!visit || !to || visit.sequence !== news.sequence) return
  if (news.kind === 'reminder' && !visit.isExpected) return
  await deliver(context, to, letterOf(news, visit, to, mailLinks(config)), {
    again: { name: 'notifications.send-visit-mail', payload: news },
    mayWait: (until) => news.actorId !== news.ownerId && hoursBetween(until, visit.startsAt) >= LEAST_HOURS_AHEAD,
  })
}

/** A visit that is nearer than this when quiet hours end is worth disturbing them; and so is the answer to what one did oneself. */
const LEAST_HOURS_AHEAD = 12

function hoursBetween(from: string, to: string): number {
  return Temporal.Instant.from(to).since(Temporal.Instant.from(from)).total('hours')
}

function letterOf(
  news: VisitNewsForOwner,
  visit: Visit & { hasDied: boolean },
  to: Addressee,
  links: MailLinks,
): Letter {
  switch (news.kind) {
    case 'booked':
      return bookedLetter(visit, to, links)
    case 'approved':
      return approvedLetter(visit, to, links)
    case 'declined':
      return declinedLetter(visit, to, links)
    case 'moved':
      return movedLetter(visit, news.previousStartsAt ?? visit.startsAt, to, links)
    case 'cancelled':
      return visit.hasDied ? farewellLetter(visit, to, links) : cancelledLetter(visit, to, links)
    case 'reminder':
      return reminderLetter(visit, news.at, news.hoursBefore ?? 24, to, links)
  }
}
