import type { Job } from '../../platform/jobs.ts'
import { addressVisitMail } from './address-visit-mail.ts'
import type { MailContext } from './mail-context.ts'
import type { NoticeNews } from './notice.ts'
import { sendNotice } from './send-notice.ts'
import { sendVisitMail } from './send-visit-mail.ts'
import type { VisitNews, VisitNewsForOwner } from './visit-news.ts'

export const notificationJobs = [
  { name: 'notifications.address-visit-mail', run: addressVisitMail } satisfies Job<MailContext, VisitNews>,
  { name: 'notifications.send-visit-mail', run: sendVisitMail } satisfies Job<MailContext, VisitNewsForOwner>,
  { name: 'notifications.send-notice', run: sendNotice } satisfies Job<MailContext, NoticeNews & { name: string }>,
]
