import type { EventName } from '@petra/contract'
import type { MailContext } from './mail-context.ts'
import type { Mail } from './mailer.ts'

/** The event a notice is about, as its job carries it. */
export type NoticeNews = {
  readonly eventId: string
  readonly resourceId: string | null
  readonly petId: string | null
  readonly actorId: string | null
  /** An instant. */
  readonly at: string
  /** Whom it is for, of a notice that goes to several. */
  readonly recipientId?: string
}

/** One mail to one person that follows from one event, or the same to several. */
export interface Notice {
  /** kebab-case; names the job's key, so it never changes. */
  readonly name: string
  readonly event: EventName
  /** The accounts it goes to, when they are several: each gets a mail, and a job, of their own. */
  recipients?(context: MailContext, news: NoticeNews): Promise<readonly string[]>
  /** Reads what is so now; null when there is nothing to say any more, or nobody to say it to. */
  compose(context: MailContext, news: NoticeNews): Promise<Mail | null>
}
