import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Db } from '../../platform/database/database.ts'
import type { Keyring } from '../../platform/keys/keyring.ts'
import { openNote, verifierKey } from './checkpoint-note.ts'
import { toExport } from './exported-event.ts'
import type { SealedEvent } from './queries/sealed-events.ts'
import { findOrigins } from './queries/trail-facts.ts'
import type { ExportedCheckpoint } from './trail-in-files.ts'
import type { TrailSource } from './verify-trail.ts'

/**
 * Writes what has been sealed into a folder, for a verifier who has nothing else: events, checkpoints, public key.
 * @returns how many events there are
 */
export async function exportTrail(db: Db, { trailKey }: Keyring, source: TrailSource, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let last: { xid: string; id: string } | null = null
  await pipeline(
    async function* () {
      for await (const { note, entries } of source.checkpoints(0)) {
        const checkpoint = openNote(note, trailKey.publicKey)
        if (!checkpoint || !entries) continue
        last = checkpoint.last
        yield `${JSON.stringify({ number: checkpoint.number, note, entries: entries.toString('base64') } satisfies ExportedCheckpoint)}\n`
      }
    },
    createWriteStream(join(folder, 'checkpoints.ndjson'), { mode: 0o600 }),
  )
  let count = 0
  await pipeline(
    async function* () {
      if (!last) return
      for await (const page of source.events({ xid: '0', id: '00000000-0000-0000-0000-000000000000' })) {
        const end = page.findIndex(({ xid, id }) => xid === last?.xid && id === last.id)
        const events = end < 0 ? page : page.slice(0, end + 1)
        count += events.length
        yield await linesOf(db, events)
        if (end >= 0) return
      }
    },
    createWriteStream(join(folder, 'events.ndjson'), { mode: 0o600 }),
  )
  await writeFile(join(folder, 'public-key.pem'), trailKey.publicKey.export({ format: 'pem', type: 'spki' }))
  await writeFile(join(folder, 'verifier-key.txt'), `${verifierKey(trailKey.publicKey)}\n`)
  return count
}

async function linesOf(db: Db, events: readonly SealedEvent[]): Promise<string> {
  const named = [...new Set(events.flatMap(({ origin }) => origin ?? []))]
  const origins = new Map((await findOrigins(db, named)).map(({ commitment, ...origin }) => [commitment, origin]))
  return events
    .map((event) => `${toExport(event, event.origin === null ? undefined : origins.get(event.origin))}\n`)
    .join('')
}
