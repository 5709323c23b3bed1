import type { CronItem } from 'graphile-worker'
import type { Job } from '../../platform/jobs.ts'
import { addressVisitMail } from './address-visit-mail.ts'
import type { MailContext } from './mail-context.ts'
import type { NoticeNews } from './notice.ts'
import { sweepMails } from './queries/mails.ts'
import { sendNotice } from './send-notice.ts'
import { sendVisitMail } from './send-visit-mail.ts'
import type { VisitNews, VisitNewsForOwner } from './visit-news.ts'

export const notificationJobs = [
  { name: 'notifications.address-visit-mail', run: addressVisitMail } satisfies Job<MailContext, VisitNews>,
  { name: 'notifications.send-visit-mail', run: sendVisitMail } satisfies Job<MailContext, VisitNewsForOwner>,
  { name: 'notifications.send-notice', run: sendNotice } satisfies Job<MailContext, NoticeNews & { name: string }>,
  { name: 'notifications.sweep-mails', run: ({ db }) => sweepMails(db) } satisfies Job<MailContext>,
]

export const notificationCrontab: readonly CronItem[] = [{ task: 'notifications.sweep-mails', match: '53 3 * * *' }]
