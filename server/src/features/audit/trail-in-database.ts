import { type Db, transact } from '../../platform/database/database.ts'
import { commitmentTo } from '../../platform/events/event-marks.ts'
import type { Anchor } from './anchor.ts'
import type { Place } from './checkpoint-note.ts'
import { millisecondsOf } from './counters.ts'
import { pages } from './pages.ts'
import { readCheckpoints } from './queries/checkpoints.ts'
import { readInOrder, type SealedEvent } from './queries/sealed-events.ts'
import { findOrigin, listDropped, listErased } from './queries/trail-facts.ts'
import type { TrailSource } from './verify-trail.ts'

const EVENTS_AT_ONCE = 1_000
const CHECKPOINTS_AT_ONCE = 200
/** What nobody who was signed in has asked from is forgotten after 90 days; a day for clocks and jobs. */
const ORIGIN_OF_NOBODY_MS = 89 * 86_400_000
const MOST_ORIGINS = 100_000

/** The trail of a database, with what was published of it from checkpoint `from` on. */
export async function trailInDatabase(db: Db, anchors: readonly Anchor[], from: number): Promise<TrailSource> {
  const [dropped, erased, ...published] = await Promise.all([
    listDropped(db),
    listErased(db),
    ...anchors.map((anchor) => anchor.read(from)),
  ])
  const anchored = new Map<number, string[]>()
  for (const { number, note } of published.flat()) anchored.set(number, [...(anchored.get(number) ?? []), note])
  const isErased = new Set(erased)
  const faults = new Map<string, string | null>()

  return {
    anchored,
    droppedBelow: new Map(dropped.map(({ kind, until }) => [kind, until])),
    async *checkpoints(after) {
      const read = (last: number) => readCheckpoints(db, last, CHECKPOINTS_AT_ONCE)
      for await (const page of pages(read, after, ({ number }) => number)) yield* page
    },
    events: (after) =>
      pages(
        (last: Place) => transact(db, (tx) => readInOrder(tx, last, EVENTS_AT_ONCE)),
        after,
        (event) => event,
      ),
    faultOfOrigin(event) {
      const origin = event.origin as string
      const known = faults.get(origin)
      if (known !== undefined) return known
      return originFault(db, event, isErased).then((fault) => {
        if (faults.size >= MOST_ORIGINS) faults.clear()
        faults.set(origin, fault)
        return fault
      })
    },
  }
}

async function originFault(
  db: Db,
  { id, origin, actorId }: SealedEvent,
  isErased: ReadonlySet<string>,
): Promise<string | null> {
  const row = await findOrigin(db, origin as string)
  if (row)
    return commitmentTo(row.salt, row).toString('hex') === origin ? null : 'Where it came from is not what it was.'
  const isDue = actorId === null ? Date.now() - millisecondsOf(id) > ORIGIN_OF_NOBODY_MS : isErased.has(actorId)
  return isDue ? null : 'Where it came from is gone, though nobody was erased.'
}
