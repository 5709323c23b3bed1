import type { Span } from './diary.ts'

/** The same time as spans that are sorted and neither meet nor touch. */
export function merged(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)
  const whole: Span[] = []
  for (const { from, to } of sorted) {
    const last = whole.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else whole.push({ from, to })
  }
  return whole
}

/** Spans sorted by `from`, read forward only: questions must come in order of their `from`. */
export type Track = { readonly spans: readonly Span[]; at: number }

/** A track at its beginning. */
export function trackOf(spans: readonly Span[] = []): Track {
  return { spans, at: 0 }
}

/** Whether some span of the track shares time with `span`. */
export function isMet(track: Track, span: Span): boolean {
  const next = advance(track, span.from)
  return next !== undefined && next.from < span.to
}

/** Whether one span of a merged track holds all of `span`. */
export function isCovered(track: Track, span: Span): boolean {
  const next = advance(track, span.from)
  return next !== undefined && next.from <= span.from && span.to <= next.to
}

function advance(track: Track, instant: number): Span | undefined {
  const { spans } = track
  let { at } = track
  let next = spans[at]
  while (next !== undefined && next.to <= instant) next = spans[++at]
  track.at = at
  return next
}
