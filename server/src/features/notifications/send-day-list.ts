import { addresseeOf } from './addressee.ts'
import { dayListLetter } from './day-list-letter.ts'
import { deliver } from './deliver.ts'
import type { MailContext } from './mail-context.ts'
import type { DayListForReader } from './make-day-lists.ts'
import { findDay } from './queries/day-lists.ts'

/** More would not be read in a mail. */
const MOST_VISITS = 60

/** Mails a member of staff the day's visits as they stand now; nothing when there are none any more. */
export async function sendDayList(context: MailContext, list: DayListForReader): Promise<void> {
  const { locationId, day, accountId } = list
  const isOwn = list.isOwn === 'yes'
  const [at, to] = await Promise.all([
    findDay(context.db, list, isOwn ? accountId : null),
    addresseeOf(context, accountId),
  ])
  if (!at || !to || at.visits.length === 0) return
  const letter = dayListLetter(
    {
      id: `day-list-${isOwn ? 'own' : 'all'}.${locationId}.${day}.${accountId}`,
      isOwn,
      location: at.name,
      timeZone: at.timeZone,
      visits: at.visits.slice(0, MOST_VISITS),
      more: Math.max(0, at.visits.length - MOST_VISITS),
      url: context.config.publicUrl,
    },
    to.voice,
  )
  await deliver(context, to, letter, { again: { name: 'notifications.send-day-list', payload: { ...list } } })
}
