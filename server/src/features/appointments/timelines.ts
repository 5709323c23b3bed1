import type { Span } from './diary.ts'

/** Some weeks of one subject: 24 days, of which a search of a month meets three at the most. */
export interface Stretch {
  readonly subjectId: string
  /** Its number, counted from the epoch. */
  readonly chunk: number
}

export const CHUNK_SECONDS = 2 ** 21

interface Timeline {
  /** In order of time; those that reach into the stretch are in it whole. */
  readonly spans: Span[]
  /** How often it has changed. */
  version: number
}

/** What is reserved, by subject and stretch of time, as far as it has been asked for. */
export interface Timelines {
  /** Those stretches of subjects within a span that are not kept. Those that are will stay for now. */
  missing(subjectIds: Iterable<string>, span: Span): Stretch[]
  keep(stretch: Stretch, spans: readonly Span[]): void
  /** Notes a reservation, wherever it is kept; twice is once. */
  take(subjectId: string, span: Span): void
  /** Takes one out again; one that is not there is no matter. */
  free(subjectId: string, span: Span): void
  /** What meets a span, in order. */
  within(subjectId: string, span: Span): Span[]
  /** A number that is another one after every change within a span. */
  stamp(subjectIds: Iterable<string>, span: Span): number
  /** Makes room where too much is kept: what was not asked for since the last time goes. */
  age(): void
}

/** By stretch of time, then by subject: to make one name of both cost more than all that is looked up by it. */
type Shelf = Map<number, Map<string, Timeline>>

/** @param most spans that are kept, about; each takes some 80 bytes */
export function openTimelines(most = 200_000): Timelines {
  let young: Shelf = new Map()
  let old: Shelf = new Map()
  let youngSize = 0

  const find = (subjectId: string, chunk: number) => young.get(chunk)?.get(subjectId) ?? old.get(chunk)?.get(subjectId)
  function put(subjectId: string, chunk: number, timeline: Timeline): void {
    const stretch = young.get(chunk) ?? new Map<string, Timeline>()
    young.set(chunk, stretch.set(subjectId, timeline))
    youngSize += timeline.spans.length + 2
  }
  function isKept(subjectId: string, chunk: number): boolean {
    if (young.get(chunk)?.has(subjectId)) return true
    const kept = old.get(chunk)?.get(subjectId)
    if (kept) put(subjectId, chunk, kept)
    return kept !== undefined
  }

  return {
    missing(subjectIds, span) {
      const chunks = chunksOf(span)
      const missing: Stretch[] = []
      for (const subjectId of subjectIds)
        for (const chunk of chunks) if (!isKept(subjectId, chunk)) missing.push({ subjectId, chunk })
      return missing
    },
    keep({ subjectId, chunk }, spans) {
      put(subjectId, chunk, { spans: spans.toSorted((a, b) => a.from - b.from), version: versions++ })
    },
    take(subjectId, span) {
      for (const chunk of chunksOf(span)) {
        const timeline = find(subjectId, chunk)
        if (!timeline) continue
        const { spans } = timeline
        const at = firstFrom(spans, span.from)
        if (spans[at]?.from === span.from && spans[at]?.to === span.to) continue
        spans.splice(at, 0, span)
        timeline.version = versions++
      }
    },
    free(subjectId, span) {
      for (const chunk of chunksOf(span)) {
        const timeline = find(subjectId, chunk)
        if (!timeline) continue
        const at = firstFrom(timeline.spans, span.from)
        if (timeline.spans[at]?.from !== span.from || timeline.spans[at]?.to !== span.to) continue
        timeline.spans.splice(at, 1)
        timeline.version = versions++
      }
    },
    within(subjectId, span) {
      const met: Span[] = []
      for (const chunk of chunksOf(span)) {
        const spans = find(subjectId, chunk)?.spans ?? []
        // Those of one subject never overlap, so only the one before may still be under way.
        for (let at = Math.max(0, firstFrom(spans, span.from) - 1); at < spans.length; at++) {
          const next = spans[at] as Span
          if (next.from >= span.to) break
          if (next.to > span.from && next.from !== met.at(-1)?.from) met.push(next)
        }
      }
      return met
    },
    stamp(subjectIds, span) {
      let newest = 0
      const chunks = chunksOf(span)
      for (const subjectId of subjectIds)
        for (const chunk of chunks) newest = Math.max(newest, find(subjectId, chunk)?.version ?? versions++)
      return newest
    },
    age() {
      if (youngSize < most / 2) return
      old = young
      young = new Map()
      youngSize = 0
    },
  }
}

let versions = 1

function chunksOf({ from, to }: Span): number[] {
  const first = Math.floor(from / 1000 / CHUNK_SECONDS)
  const last = Math.floor((to - 1) / 1000 / CHUNK_SECONDS)
  const chunks: number[] = []
  for (let chunk = first; chunk <= last; chunk++) chunks.push(chunk)
  return chunks
}

/** The index of the first span that begins at an instant or after it. */
function firstFrom(spans: readonly Span[], instant: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle] as Span).from < instant) low = middle + 1
    else high = middle
  }
  return low
}
