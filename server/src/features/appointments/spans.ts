import type { Span, Times } from './diary.ts'

/** The same time as spans that neither meet nor touch. */
export function merged(spans: readonly Span[]): Times {
  const sorted = spans.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)
  const times: number[] = []
  for (const { from, to } of sorted) {
    const end = times.length - 1
    const last = times[end]
    if (last !== undefined && from <= last) times[end] = Math.max(last, to)
    else times.push(from, to)
  }
  return times
}

export function spansOf(times: Times): Span[] {
  const spans: Span[] = []
  for (let at = 0; at < times.length; at += 2) spans.push({ from: times[at] as number, to: times[at + 1] as number })
  return spans
}

/** Spans in order, read forward only: questions must come in order of their `from`. */
export type Track = { readonly times: Times; at: number }

/** A track at its beginning. */
export function trackOf(times: Times = []): Track {
  return { times, at: 0 }
}

/** Whether some span of the track shares time with `span`. */
export function isMet(track: Track, span: Span): boolean {
  const at = advance(track, span.from)
  return at < track.times.length && (track.times[at] as number) < span.to
}

/** Whether one span of a merged track holds all of `span`. */
export function isCovered(track: Track, span: Span): boolean {
  const at = advance(track, span.from)
  return (
    at < track.times.length && (track.times[at] as number) <= span.from && span.to <= (track.times[at + 1] as number)
  )
}

/** @returns where the first span stands that ends after an instant */
function advance(track: Track, instant: number): number {
  const { times } = track
  let { at } = track
  while (at < times.length && (times[at + 1] as number) <= instant) at += 2
  track.at = at
  return at
}
