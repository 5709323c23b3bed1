import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Anchor, Published } from './anchor.ts'
import { s3Anchor } from './s3-anchor.ts'

/** The places that `AUDIT_ANCHOR_URL` names: `file:///path`, `s3://bucket/prefix`, or `log:`. */
export function anchorsOf(urls: readonly string[]): Anchor[] {
  return urls.map((url) =>
    url.startsWith('s3:') ? s3Anchor(new URL(url)) : url === 'log:' ? logAnchor : fileAnchor(url),
  )
}

/** Whoever collects the log has the checkpoints too. */
const logAnchor: Anchor = {
  place: 'log:',
  everyMs: 0,
  async publish({ number, note }) {
    console.log(JSON.stringify({ checkpoint: number, note }))
  },
  read: async () => [],
}

/** A line of JSON for each checkpoint, on the disk before it counts. */
function fileAnchor(url: string): Anchor {
  const path = fileURLToPath(url)
  return {
    place: url,
    everyMs: 0,
    async publish(checkpoint) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await using file = await open(path, 'a', 0o600)
      await file.appendFile(`${JSON.stringify(checkpoint)}\n`)
      await file.sync()
    },
    async read(from) {
      const text = await readFile(path, 'utf8').catch(() => '')
      return text.split('\n').flatMap((line) => published(line, from))
    },
  }
}

/** A line that was cut off by a crash counts for nothing: its checkpoint was published again. */
function published(line: string, from: number): Published[] {
  try {
    const { number, note } = JSON.parse(line)
    return number >= from ? [{ number, note }] : []
  } catch {
    return []
  }
}
