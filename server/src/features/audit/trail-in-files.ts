import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { commitmentTo } from '../../platform/events/event-marks.ts'
import type { Place } from './checkpoint-note.ts'
import { type ExportedEvent, fromExport } from './exported-event.ts'
import type { SealedEvent } from './queries/sealed-events.ts'
import type { TrailSource } from './verify-trail.ts'

const PAGE_BYTES = 1_048_576

/** The trail as `audit export` has written it into a folder. */
export async function trailInFiles(folder: string): Promise<TrailSource> {
  const origins = new Map<string, ExportedEvent['origin']>()
  const droppedBelow = new Map<string, string>()
  for await (const page of pages(join(folder, 'events.ndjson')))
    for (const line of page.filter((text) => text.includes('"trail.partition-dropped"'))) {
      const { event } = JSON.parse(line) as ExportedEvent
      if (event.action !== 'trail.partition-dropped') continue
      const { kind, until } = event.payload as { kind: string; until: string }
      droppedBelow.set(kind, until > (droppedBelow.get(kind) ?? '') ? until : (droppedBelow.get(kind) as string))
    }

  return {
    anchored: new Map(),
    droppedBelow,
    async *checkpoints(after) {
      for await (const page of pages(join(folder, 'checkpoints.ndjson')))
        for (const line of page) {
          const { number, note, entries } = JSON.parse(line) as ExportedCheckpoint
          if (number > after) yield { note, entries: Buffer.from(entries, 'base64') }
        }
    },
    async *events(after: Place): AsyncGenerator<SealedEvent[]> {
      for await (const page of pages(join(folder, 'events.ndjson')))
        yield page
          .map((line) => {
            const { event, origin } = JSON.parse(line) as ExportedEvent
            if (event.origin !== null && origin) origins.set(event.origin, origin)
            return fromExport(event)
          })
          .filter((event) => isAfter(event, after))
    },
    // Whose origin the export does not tell has been erased, or is not for the reader.
    faultOfOrigin({ origin }) {
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

/** The lines of a file, some at a time: waiting for each takes as long as parsing it. */
async function* pages(path: string): AsyncGenerator<string[]> {
  let rest = ''
  for await (const text of createReadStream(path, { encoding: 'utf8', highWaterMark: PAGE_BYTES })) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() as string
    yield lines.filter((line) => line !== '')
  }
  if (rest !== '') yield [rest]
}

function isAfter(event: Place, { xid, id }: Place): boolean {
  const [a, b] = [BigInt(event.xid), BigInt(xid)]
  return a > b || (a === b && event.id > id)
}
