import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { commitmentTo } from '../../platform/events/event-marks.ts'
import type { Place } from './checkpoint-note.ts'
import { type ExportedEvent, fromExport } from './exported-event.ts'
import type { SealedEvent } from './queries/sealed-events.ts'
import { BrokenTrail, type TrailSource } from './verify-trail.ts'

const PAGE_BYTES = 1_048_576

/** The trail as `audit export` has written it into a folder. */
export async function trailInFiles(folder: string): Promise<TrailSource> {
  const origins = new Map<string, ExportedEvent['origin']>()
  const droppedBelow = new Map<string, string>()
  for await (const page of pages(join(folder, 'events.ndjson')))
    for (const line of page.filter((text) => text.includes('"trail.partition-dropped"'))) {
      const dropped = understand(line, ({ event }: ExportedEvent) =>
        event.action === 'trail.partition-dropped' ? { ...(event.payload as { kind: string; until: string }) } : null,
      )
      if (!dropped) continue
      const { kind, until } = dropped
      droppedBelow.set(kind, until > (droppedBelow.get(kind) ?? '') ? until : (droppedBelow.get(kind) as string))
    }

  return {
    anchored: new Map(),
    droppedBelow,
    async *checkpoints(after) {
      for await (const page of pages(join(folder, 'checkpoints.ndjson')))
        for (const line of page) {
          const checkpoint = understand(line, ({ number, note, entries }: ExportedCheckpoint) => ({
            number,
            note: String(note),
            entries: Buffer.from(entries, 'base64'),
          }))
          if (checkpoint.number > after) yield checkpoint
        }
    },
    async *events(after: Place): AsyncGenerator<SealedEvent[]> {
      for await (const page of pages(join(folder, 'events.ndjson')))
        yield page.flatMap((line) =>
          understand(line, ({ event, origin }: ExportedEvent) => {
            if (event.origin !== null && origin) origins.set(event.origin, origin)
            const sealed = fromExport(event)
            return isAfter(sealed, after) ? [sealed] : []
          }),
        )
    },
    // Whose origin the export does not tell has been erased, or is not for the reader.
    faultOfOrigin({ origin }) {
      const told = origins.get(origin as string)
      origins.delete(origin as string)
      if (!told || commitmentTo(Buffer.from(String(told.salt), 'hex'), told).toString('hex') === origin) return null
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

/** What a line says. @throws BrokenTrail when it is none of an export: whoever passes one on may have written anything */
function understand<L, T>(line: string, take: (parsed: L) => T): T {
  try {
    return take(JSON.parse(line))
  } catch {
    throw new BrokenTrail(null, 'The export has a line that cannot be read.')
  }
}

function isAfter(event: Place, { xid, id }: Place): boolean {
  const [a, b] = [BigInt(event.xid), BigInt(xid)]
  return a > b || (a === b && event.id > id)
}
