import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes a message as `<iso-time>-<hash of its Message-ID>.eml` into `folder`, made when missing, whole or not at all. A
 * message whose id is there already is not written again. Mail is personal: only the process's own user may read it.
 */
export async function writeEml(folder: string, messageId: string, content: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const ending = `-${createHash('sha256').update(messageId).digest('hex').slice(0, 32)}.eml`
  if ((await readdir(folder)).some((name) => name.endsWith(ending))) return
  const unfinished = join(folder, `.${randomUUID()}.tmp`)
  await writeFile(unfinished, content, { mode: 0o600, flush: true })
  // ISO 8601's basic form: colons are not allowed in file names everywhere.
  const time = new Date().toISOString().replace(/[-:]/g, '')
  await rename(unfinished, join(folder, `${time}${ending}`))
}
