import type { CronItem } from 'graphile-worker'
import type { Job } from '../../platform/jobs/jobs.ts'
import type { MailContext } from './mail-context.ts'
import { type DayListForReader, makeDayLists } from './make-day-lists.ts'
import type { NoticeNews } from './notice.ts'
import { sweepDayLists } from './queries/day-lists.ts'
import { sweepMails } from './queries/mails.ts'
import { sendDayList } from './send-day-list.ts'
import { sendNotice } from './send-notice.ts'
import { sendVisitMail } from './send-visit-mail.ts'
import type { VisitNewsForOwner } from './visit-news.ts'

export const notificationJobs = [
  { name: 'notifications.send-visit-mail', run: sendVisitMail } satisfies Job<MailContext, VisitNewsForOwner>,
  { name: 'notifications.send-notice', run: sendNotice } satisfies Job<MailContext, NoticeNews & { name: string }>,
  { name: 'notifications.make-day-lists', run: makeDayLists } satisfies Job<MailContext>,
  { name: 'notifications.send-day-list', run: sendDayList } satisfies Job<MailContext, DayListForReader>,
  { name: 'notifications.sweep-day-lists', run: ({ db }) => sweepDayLists(db) } satisfies Job<MailContext>,
  { name: 'notifications.sweep-mails', run: ({ db }) => sweepMails(db) } satisfies Job<MailContext>,
]

export const notificationCrontab: readonly CronItem[] = [
  { task: 'notifications.make-day-lists', match: '*/10 * * * *' },
  { task: 'notifications.sweep-day-lists', match: '47 3 * * *' },
  { task: 'notifications.sweep-mails', match: '53 3 * * *' },
]
