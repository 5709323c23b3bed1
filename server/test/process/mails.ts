import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A mail as far as tests of whole processes look at it. */
export interface SentMail {
  readonly messageId: string
  readonly kind: string
  readonly appointmentId: string
}

/** The mails that were written under a data folder. */
export async function readMails(dataDir: string): Promise<SentMail[]> {
  const folder = join(dataDir, 'mail')
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'))
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      const [, messageId = '', kind = '', appointmentId = ''] =
        /^Message-ID:\s+<((\w+)\.([\w-]+)\.[^>]*)>/im.exec(text) ?? []
      return { messageId, kind, appointmentId }
    }),
  )
}
