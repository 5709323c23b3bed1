import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { deliver } from './deliver.ts'
import type { MailContext } from './mail-context.ts'
import type { MessageKind } from './message-kind.ts'
import type { NoticeNews } from './notice.ts'
import { notices } from './notices.ts'

/** Sends a notice, unless there is nothing to say any more; one for several people becomes a job for each. */
export async function sendNotice(
  context: MailContext,
  { name, ...news }: NoticeNews & { name: string },
): Promise<void> {
  const notice = notices.find((candidate) => candidate.name === name)
  if (!notice) throw new Error(`No notice is called ${name}`)
  if (notice.recipients && news.recipientId === undefined) {
    const recipientIds = await notice.recipients(context, news)
    const jobs = recipientIds.map((recipientId) => ({
      key: `${name}:${news.eventId}:${recipientId}`,
      name: 'notifications.send-notice',
      payload: { ...news, name, recipientId },
    }))
    return transact(context.db, (tx) => enqueue(tx, jobs))
  }
  const message = await notice.compose(context, news)
  if (!message) return
  const again = { name: 'notifications.send-notice', payload: { ...news, name } }
  await deliver(context, message.to, message.letter, {
    again,
    ...(message.bounced && { bounced: message.bounced }),
    ...(waiting.has(message.letter.kind) && { mayWait: () => true }),
  })
}

/** What is as good tomorrow morning. */
const waiting: ReadonlySet<MessageKind> = new Set(['vaccinations', 'new-records'])
