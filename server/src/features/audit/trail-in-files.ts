import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { commitmentTo } from '../../platform/events/event-marks.ts'
import type { Place } from './checkpoint-note.ts'
import { type ExportedEvent, fromExport } from './exported-event.ts'
import type { SealedEvent } from './queries/sealed-events.ts'
import type { TrailSource } from './verify-trail.ts'

/** The trail as `audit export` has written it into a folder. */
export async function trailInFiles(folder: string): Promise<TrailSource> {
  const origins = new Map<string, ExportedEvent['origin']>()
  const droppedBelow = new Map<string, string>()
  for await (const { event } of lines<ExportedEvent>(join(folder, 'events.ndjson'))) {
    if (event.action !== 'trail.partition-dropped') continue
    const { kind, until } = event.payload as { kind: string; until: string }
    droppedBelow.set(kind, until > (droppedBelow.get(kind) ?? '') ? until : (droppedBelow.get(kind) as string))
  }

  return {
    anchored: new Map(),
    droppedBelow,
    async *checkpoints(after) {
      for await (const { number, note, entries } of lines<ExportedCheckpoint>(join(folder, 'checkpoints.ndjson')))
        if (number > after) yield { note, entries: Buffer.from(entries, 'base64') }
    },
    async *events(after: Place): AsyncGenerator<SealedEvent> {
      for await (const { event, origin } of lines<ExportedEvent>(join(folder, 'events.ndjson'))) {
        if (event.origin !== null && origin) origins.set(event.origin, origin)
        const sealed = fromExport(event)
        if (isAfter(sealed, after)) yield sealed
      }
    },
    // Whose origin the export does not tell has been erased, or is not for the reader.
    async faultOfOrigin({ origin }) {
      const told = origins.get(origin as string)
      origins.delete(origin as string)
      if (!told || commitmentTo(Buffer.from(told.salt, 'hex'), told).toString('hex') === origin) return null
      return 'Where it came from is not what it was.'
    },
  }
}

export interface ExportedCheckpoint {
  readonly number: number
  readonly note: string
  /** In base64. */
  readonly entries: string
}

async function* lines<T>(path: string): AsyncGenerator<T> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }))
    if (line !== '') yield JSON.parse(line) as T
}

function isAfter(event: Place, { xid, id }: Place): boolean {
  const [a, b] = [BigInt(event.xid), BigInt(xid)]
  return a > b || (a === b && event.id > id)
}
