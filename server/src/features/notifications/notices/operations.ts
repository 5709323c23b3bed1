import { addresseeOf } from '../addressee.ts'
import type { MailContext } from '../mail-context.ts'
import type { Message, Notice, NoticeNews } from '../notice.ts'
import { listAdmins } from '../queries.ts'
import { operationsLetter } from './operations-letter.ts'

/** Tells every admin that an endpoint is sent nothing any more. */
export const webhookDisabled: Notice = {
  name: 'webhook-disabled',
  event: 'webhook.disabled',
  recipients: ({ db }) => listAdmins(db),
  compose: (context, news) => compose('webhook-disabled', context, news),
}

/** Tells every admin that work is late or was given up. */
export const alarmRaised: Notice = {
  name: 'alarm-raised',
  event: 'alarm.raised',
  recipients: ({ db }) => listAdmins(db),
  compose: (context, news) => compose('alarm-raised', context, news),
}

async function compose(
  about: Parameters<typeof operationsLetter>[0],
  context: MailContext,
  { eventId, recipientId: accountId }: NoticeNews,
): Promise<Message | null> {
  if (accountId === undefined) return null
  const to = await addresseeOf(context, accountId)
  return to && { to, letter: operationsLetter(about, { eventId, accountId, url: context.config.publicUrl }, to.voice) }
}
