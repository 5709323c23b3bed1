import { deliver } from './deliver.ts'
import type { MailContext } from './mail-context.ts'
import type { NoticeNews } from './notice.ts'
import { notices } from './notices.ts'

/** Sends a notice, unless there is nothing to say any more. */
export async function sendNotice(
  context: MailContext,
  { name, ...news }: NoticeNews & { name: string },
): Promise<void> {
  const notice = notices.find((candidate) => candidate.name === name)
  if (!notice) throw new Error(`No notice is called ${name}`)
  const mail = await notice.compose(context, news)
  if (mail) await deliver(context.mailer, mail)
}
