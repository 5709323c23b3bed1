import type { Line } from '../../platform/database/database.ts'
import type { Span, Times } from './diary.ts'
import { type HeldTimes, openHeldTimes } from './held-times.ts'
import { type Changes, readChanges, readHoldsAndSnapshot, readStretches } from './queries/books.ts'
import { readWhereabouts } from './queries/stays.ts'
import type { Taken } from './taken.ts'
import { openTimelines, type Stretch, type Timelines } from './timelines.ts'
import type { Timetable, Timetables } from './timetable.ts'

/** What is reserved, as of this very moment. */
export interface Page extends Taken {
  busy(subjectIds: readonly string[], span: Span): Promise<Stamp & { busy: Map<string, Times> }>
  stamp(subjectIds: readonly string[], span: Span): Promise<Stamp>
}

interface Stamp {
  /** The database's clock. */
  readonly now: number
  /** A number that is another one whenever what is reserved of subjects within a span is; null where something is held. */
  readonly stamp: number | null
}

/**
 * The company's books: timetable and reservations in memory, never stale. Before each use the database is asked what has been
 * committed since; all who ask in the meantime share the next answer.
 */
export interface Books {
  /** The connection the books are read by, for what is to be read in the same breath. */
  readonly line: Line
  /** Looks something up by the timetable and the reservations of one moment after this call; `look` may be run twice. */
  read<T>(look: (timetable: Timetable, page: Page) => Promise<T>): Promise<T>
}

/** Past so long a pause it costs less to begin anew than to catch up. */
const CATCH_UP_MS = 60_000

interface Kept {
  readonly timelines: Timelines
  readonly held: HeldTimes
  readonly snapshot: string
  readonly now: number
  readonly version: number
  /** Of which of the line's connections. */
  readonly connection: number
  readonly broughtAt: number
}

/** @param line whose connection, when it is another one, finds the books empty: nobody knows what that has missed, or where it leads */
export function openBooks(line: Line, timetables: Timetables): Books {
  let kept: Kept | undefined
  let connection = 0
  let waiting: { wanted: Stretch[]; done: PromiseWithResolvers<void> } | undefined
  let isAdvancing = false
  line.pool.on('connect', () => connection++)

  /** Brings the books to a moment after this call, with what is wanted in them. */
  function advance(wanted: readonly Stretch[]): Promise<void> {
    waiting ??= { wanted: [], done: Promise.withResolvers() }
    waiting.wanted.push(...wanted)
    const { promise } = waiting.done
    if (!isAdvancing) void advanceAll()
    return promise
  }

  async function advanceAll(): Promise<void> {
    isAdvancing = true
    // Whoever asks in the same breath comes along.
    await null
    for (let batch = waiting; batch; batch = waiting) {
      waiting = undefined
      await bring(batch.wanted).then(batch.done.resolve, batch.done.reject)
    }
    isAdvancing = false
  }

  async function bring(wanted: readonly Stretch[]): Promise<void> {
    const broughtAt = performance.now()
    const known = kept && broughtAt - kept.broughtAt < CATCH_UP_MS ? kept : await begin()
    const { timelines, held } = known
    const unique = [...new Map(wanted.map((stretch) => [`${stretch.subjectId}${stretch.chunk}`, stretch])).values()]
    // What is read first may be older than the changes, or newer than some: noted twice is noted once.
    const [stretches, { snapshot, now, version, ...changes }] = await Promise.all([
      unique.length > 0 ? readStretches(line, unique) : [],
      readChanges(line, known.snapshot),
    ])
    if (changes.isBehind || known.connection !== connection) {
      kept = undefined
      return bring(wanted)
    }
    timelines.age()
    for (const stretch of stretches) timelines.keep(stretch, stretch.times)
    note(timelines, held, changes)
    kept = { ...known, snapshot, now, version, broughtAt }
  }

  async function begin(): Promise<Kept> {
    const { snapshot, ...standing } = await readHoldsAndSnapshot(line)
    const [timelines, held] = [openTimelines(), openHeldTimes()]
    note(timelines, held, { freed: [], ...standing })
    return { timelines, held, snapshot, now: 0, version: 0, connection, broughtAt: 0 }
  }

  function openPage() {
    let version = 0

    /** The books, at a moment after the page was opened, with all that is asked for in them. */
    async function bringIn(subjectIds: readonly string[], span: Span): Promise<Kept> {
      for (;;) {
        const missing = (kept?.timelines ?? openTimelines()).missing(subjectIds, span)
        if (kept && version > 0 && missing.length === 0) return kept
        await advance(missing)
        version = kept?.version ?? 0
      }
    }

    const page: Page = {
      async busy(subjectIds, span) {
        const brought = await bringIn(subjectIds, span)
        const { timelines } = brought
        return {
          ...stampOf(brought, subjectIds, span),
          busy: new Map(subjectIds.map((id) => [id, timelines.within(id, span)])),
        }
      },
      async holds(which, subjectIds, span, accountId) {
        const { held, now } = await bringIn(subjectIds, span)
        return held.within(which, new Set(subjectIds), span, accountId, now)
      },
      // Seldom asked for: nobody travels in most companies.
      whereabouts: (providerIds, span) => readWhereabouts(line, providerIds, span),
      async stamp(subjectIds, span) {
        return stampOf(await bringIn(subjectIds, span), subjectIds, span)
      },
    }
    return { page, version: async () => version || (await bringIn([], { from: 0, to: 1 })).version }
  }

  return {
    line,
    async read(look) {
      let timetable = timetables.latest() ?? (await timetables.current(line))
      for (;;) {
        const { page, version } = openPage()
        const [looked] = await Promise.allSettled([look(timetable, page)])
        const newest = await version()
        if (newest > timetable.version) timetable = await timetables.atLeast(line, newest)
        else if (looked.status === 'rejected') throw looked.reason
        else return looked.value
      }
    },
  }
}

function stampOf({ timelines, held, now }: Kept, subjectIds: readonly string[], span: Span): Stamp {
  return { now, stamp: held.isFree(new Set(subjectIds), span) ? timelines.stamp(subjectIds, span) : null }
}

function note(
  timelines: Timelines,
  held: HeldTimes,
  { freed, holds, taken }: Pick<Changes, 'freed' | 'holds' | 'taken'>,
): void {
  for (const { subjectId, span, holdId } of freed) {
    timelines.free(subjectId, span)
    if (holdId !== undefined) held.free(holdId)
  }
  for (const hold of holds) held.note(hold)
  for (const reserved of taken) {
    timelines.take(reserved.subjectId, reserved.span)
    if (reserved.holdId !== undefined) held.take(reserved)
  }
}
