import { type Db, transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { addresseeOf } from './addressee.ts'
import { deliver } from './deliver.ts'
import type { Addressee, Letter } from './letter.ts'
import type { MailContext } from './mail-context.ts'
import { mailLinks } from './mail-links.ts'
import { findVisit } from './queries.ts'
import type { MailLinks } from './visit.ts'
import {
  approvedLetter,
  bookedLetter,
  cancelledLetter,
  declinedLetter,
  farewellLetter,
  movedLetter,
  reminderLetter,
} from './visit-letters.ts'
import { type VisitNewsForOwner, visitMail } from './visit-news.ts'

/**
 * Mails one owner what is new about a visit. News that later news has overtaken is not sent, nor a reminder of a visit
 * that will not take place. Owners without the right to book are not told.
 */
export async function sendVisitMail(context: MailContext, news: VisitNewsForOwner): Promise<void> {
  const { db, config } = context
  const [visit, to, others] = await Promise.all([
    findVisit(db, news.appointmentId, news.ownerId),
    addresseeOf(context, news.ownerId),
    othersOf(db, news),
  ])
  if (!visit || !to || visit.sequence !== news.sequence) return
  if (news.kind === 'reminder' && !visit.isExpected) return
  if (!visit.hasDied) await tellOneByOne(db, news, others)
  const told = visit.hasDied ? byStart([visit, ...others]) : ([visit] as const)
  await deliver(context, to, letterOf(news, told, to, mailLinks(config)), {
    again: { name: 'notifications.send-visit-mail', payload: news },
    mayWait: (until) => news.actorId !== news.ownerId && hoursBetween(until, told[0].startsAt) >= LEAST_HOURS_AHEAD,
  })
}

type FoundVisit = NonNullable<Awaited<ReturnType<typeof findVisit>>>

async function othersOf(db: Db, { others, ownerId }: VisitNewsForOwner): Promise<FoundVisit[]> {
  const found = await Promise.all((others?.split(' ') ?? []).map((id) => findVisit(db, id, ownerId)))
  return found.filter((visit): visit is FoundVisit => visit?.status === 'cancelled')
}

/** What was to be told with a death that has been taken back since. */
async function tellOneByOne(db: Db, news: VisitNewsForOwner, others: readonly FoundVisit[]): Promise<void> {
  if (others.length === 0) return
  const alone = others.map(({ appointmentId, sequence }) => ({ ...news, appointmentId, sequence, others: null }))
  await transact(db, (tx) => enqueue(tx, alone.map(visitMail)))
}

function byStart(visits: [FoundVisit, ...FoundVisit[]]): [FoundVisit, ...FoundVisit[]] {
  return visits.sort((one, other) => one.startsAt.localeCompare(other.startsAt))
}

/** A visit that is nearer than this when quiet hours end is worth disturbing them; and so is the answer to what one did oneself. */
const LEAST_HOURS_AHEAD = 12

function hoursBetween(from: string, to: string): number {
  return Temporal.Instant.from(to).since(Temporal.Instant.from(from)).total('hours')
}

function letterOf(
  news: VisitNewsForOwner,
  told: readonly [FoundVisit, ...FoundVisit[]],
  to: Addressee,
  links: MailLinks,
): Letter {
  const [visit] = told
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
      return visit.hasDied ? farewellLetter(told, to, links) : cancelledLetter(visit, to, links)
    case 'reminder':
      return reminderLetter(visit, news.at, news.hoursBefore ?? 24, to, links)
  }
}
