import { system } from '../../platform/actor.ts'
import { type Db, type Tx, transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { enqueue, type NewJob } from '../../platform/jobs/jobs.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
import { markUndeliverable } from '../accounts/lookup.ts'
import { isHardBounce, isUnknown, type Refusal } from './bounce.ts'
import { type Addressee, type Letter, mailOf } from './letter.ts'
import type { MailContext } from './mail-context.ts'
import type { Mail } from './mailer.ts'
import { beginMail, databaseTime, endMail } from './queries/mails.ts'
import { quietUntil } from './quiet-hours.ts'
import { unsubscribeUrl } from './unsubscribe.ts'

export interface Sending {
  /** The job that sends the letter, to be run again when it has to wait. */
  readonly again: Pick<NewJob, 'name' | 'payload'>
  /** Whether the letter may wait until then, an instant; without it, it never does. */
  mayWait?(until: string): boolean
  /** Notes that the address takes no mail, where it is no account's. */
  bounced?(tx: Tx): Promise<void>
}

/**
 * Sends a letter by mail, once: unless its reader does not want it, or its address takes no mail. Within quiet hours what may
 * wait becomes a job for their end; so does what another job sends, in case that one died on the way.
 * @throws MailNotAccepted when the server would not have it now; an address that it refuses for good is switched off instead
 */
export async function deliver(context: MailContext, to: Addressee, letter: Letter, sending: Sending): Promise<void> {
  const { db } = context
  if (to.switchedOff.some((kind) => kind === letter.kind)) return
  if (to.isUndeliverable && !letter.provesAddress) return
  if (await hold(context, to, letter, sending)) return
  const mail = mailOf(to, letter, unsubscribeUrl(context, letter.kind, to.accountId))
  const begin = await beginMail(db, mail.messageId)
  if (begin.state === 'underway') await sendAgain(db, letter, sending, begin.until)
  if (begin.state === 'begun') await send(context, to, mail, sending)
}

/** @returns whether the letter waits */
async function hold(
  { db }: MailContext,
  { quietHours }: Addressee,
  letter: Letter,
  sending: Sending,
): Promise<boolean> {
  if (!quietHours || !sending.mayWait) return false
  const now = await databaseTime(db)
  const until = quietUntil(quietHours, now)
  if (until === null || !sending.mayWait(until)) return false
  await sendAgain(db, letter, sending, until)
  return true
}

/** A job of its own, and no failed try: a try's pause grows with the tries before it. */
async function sendAgain(db: Db, { id }: Letter, { again }: Sending, runAt: string): Promise<void> {
  await transact(db, (tx) => enqueue(tx, [{ key: `held:${id}`, ...again, runAt }]))
}

async function send(context: MailContext, to: Addressee, mail: Mail, { bounced }: Sending): Promise<void> {
  const { db, mailer } = context
  try {
    await mailer.send(mail)
  } catch (error) {
    const refusal = error as Refusal
    await endMail(db, mail.messageId, isUnknown(refusal) ? 'unknown' : 'refused')
    if (!isHardBounce(refusal)) throw new MailNotAccepted(refusal)
    return bounced ? transact(db, bounced) : switchAddressOff(context, to)
  }
  await endMail(db, mail.messageId, 'sent')
}

/** Until it is changed or confirmed again, the address gets no mail. */
async function switchAddressOff({ db, keyring }: MailContext, { accountId, address }: Addressee): Promise<void> {
  if (accountId === null) return
  await transact(db, async (tx) => {
    if (!(await markUndeliverable(tx, accountId, blindIndex(keyring, 'email', address)))) return
    record(tx, system, 'email.bounced', { resource: { type: 'account', id: accountId }, outcome: 'failed' })
  })
}

/** Says why by codes alone: the server's own words name the recipient, and a failed job keeps its error. */
export class MailNotAccepted extends Error {
  override name = 'MailNotAccepted'
  readonly code: string
  constructor({ code, responseCode }: Refusal) {
    const reasons = [code, responseCode && `SMTP ${responseCode}`].filter(Boolean)
    super(`The mail was not accepted (${reasons.join(', ') || 'for no known reason'})`)
    this.code = reasons.join(', ')
  }
}
