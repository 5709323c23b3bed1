import type { EventName } from '@petra/contract'
import type { Tx } from '../../platform/database/database.ts'
import type { Addressee, Letter } from './letter.ts'
import type { MailContext } from './mail-context.ts'

/** The event a notice is about, as its job carries it. */
export type NoticeNews = {
  readonly eventId: string
  readonly resourceId: string | null
  readonly petId: string | null
  readonly actorId: string | null
  /** An instant. */
  readonly at: string
  /** When what the event is about ends, if it says so: an instant. */
  readonly expiresAt: string | null
  /** The rule over the trail that was broken, of an alarm about that. */
  readonly rule: string | null
  /** Whom it is for, of a notice that goes to several. */
  readonly recipientId?: string
}

export interface Message {
  readonly to: Addressee
  readonly letter: Letter
  /** Notes that the address takes no mail, where it is no account's. */
  bounced?(tx: Tx): Promise<void>
}

/** One mail to one person that follows from one event, or the same to several. */
export interface Notice {
  /** kebab-case; names the job's key, so it never changes. */
  readonly name: string
  readonly event: EventName
  /** Several such events of one pet and actor, none longer than this after the one before, are told once, of the last. */
  readonly gatherMinutes?: number
  /** The accounts it goes to, when they are several: each gets a mail, and a job, of their own. */
  recipients?(context: MailContext, news: NoticeNews): Promise<readonly string[]>
  /** Reads what is so now; null when there is nothing to say any more, or nobody to say it to. */
  compose(context: MailContext, news: NoticeNews): Promise<Message | null>
}
