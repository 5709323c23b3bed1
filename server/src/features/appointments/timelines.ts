import type { Span, Times } from './diary.ts'

/** Some weeks of one subject: 24 days, of which a search of a month meets three at the most. */
export interface Stretch {
  readonly subjectId: string
  /** Its number, counted from the epoch. */
  readonly chunk: number
}

export const CHUNK_SECONDS = 2 ** 21

interface Timeline {
  /** Those that reach into the stretch are in it whole. */
  readonly times: number[]
  /** How often it has changed. */
  version: number
}

/** What is reserved, by subject and stretch of time, as far as it has been asked for. */
export interface Timelines {
  /** Those stretches of subjects within a span that are not kept. Those that are will stay for now. */
  missing(subjectIds: Iterable<string>, span: Span): Stretch[]
  /** @param times of nobody else from then on */
  keep(stretch: Stretch, times: number[]): void
  /** Notes a reservation, wherever it is kept; twice is once. */
  take(subjectId: string, span: Span): void
  /** Takes one out again; one that is not there is no matter. */
  free(subjectId: string, span: Span): void
  /** What meets a span. */
  within(subjectId: string, span: Span): Times
  /** A number that is another one after every change within a span. */
  stamp(subjectIds: Iterable<string>, span: Span): number
  /** Makes room where too much is kept: what was not asked for since the last time goes. */
  age(): void
}

/** By stretch of time, then by subject: to make one name of both cost more than all that is looked up by it. */
type Shelf = Map<number, Map<string, Timeline>>

/** @param most spans that are kept, about; each takes 16 bytes, and what keeps those of a stretch as many as ten of them */
export function openTimelines(most = 1_000_000): Timelines {
  let young: Shelf = new Map()
  let old: Shelf = new Map()
  let youngSize = 0

  const find = (subjectId: string, chunk: number) => young.get(chunk)?.get(subjectId) ?? old.get(chunk)?.get(subjectId)
  function put(subjectId: string, chunk: number, timeline: Timeline): void {
    const stretch = young.get(chunk) ?? new Map<string, Timeline>()
    young.set(chunk, stretch.set(subjectId, timeline))
    youngSize += timeline.times.length / 2 + 10
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
    keep({ subjectId, chunk }, times) {
      put(subjectId, chunk, { times, version: versions++ })
    },
    take(subjectId, span) {
      for (const chunk of chunksOf(span)) {
        const timeline = find(subjectId, chunk)
        if (!timeline) continue
        const { times } = timeline
        const at = firstFrom(times, span.from)
        if (times[at] === span.from && times[at + 1] === span.to) continue
        times.splice(at, 0, span.from, span.to)
        timeline.version = versions++
      }
    },
    free(subjectId, span) {
      for (const chunk of chunksOf(span)) {
        const timeline = find(subjectId, chunk)
        if (!timeline) continue
        const { times } = timeline
        const at = firstFrom(times, span.from)
        if (times[at] !== span.from || times[at + 1] !== span.to) continue
        times.splice(at, 2)
        timeline.version = versions++
      }
    },
    within(subjectId, span) {
      let met: number[] = []
      for (const chunk of chunksOf(span)) {
        const times = find(subjectId, chunk)?.times ?? []
        let first = firstFrom(times, span.from)
        // Those of one subject never overlap, so only the one before may still be under way.
        if (first > 0 && (times[first - 1] as number) > span.from) first -= 2
        if (met.length > 0 && times[first] === met.at(-2)) first += 2
        const here = times.slice(first, firstFrom(times, span.to))
        met = met.length > 0 ? met.concat(here) : here
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

/** Where the first span stands that begins at an instant or after it. */
function firstFrom(times: Times, instant: number): number {
  let low = 0
  let high = times.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[2 * middle] as number) < instant) low = middle + 1
    else high = middle
  }
  return 2 * low
}
