import { Invalid } from '../../platform/errors.ts'

/** Instants in epoch milliseconds, half-open. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * The time between two wall-clock times ('YYYY-MM-DDTHH:MM[:SS]') of a zone. A time in a gap is read with the offset
 * before it (RFC 5545, 3.3.5); one that happens twice is the first as a beginning and the second as an end, so that
 * the whole of what was asked for is inside.
 * @throws Invalid 400 when it is empty
 */
export function localSpan(local: { from: string; to: string }, timeZone: string): Span {
  const span = spanOnClock(local, timeZone)
  if (!span) throw new Invalid('request.invalid', [{ pointer: '/body/to', message: 'must come after `from`' }])
  return span
}

/** The same; null when it is empty. */
export function spanOnClock(local: { from: string; to: string }, timeZone: string): Span | null {
  const from = instantOf(local.from, timeZone, 'compatible')
  const to = instantOf(local.to, timeZone, 'later')
  return from < to ? { from, to } : null
}

/** A wall-clock time with its seconds, as the wire says it. */
export function wallClock(local: string): string {
  return Temporal.PlainDateTime.from(local).toString({ smallestUnit: 'second' })
}

function instantOf(local: string, timeZone: string, disambiguation: 'compatible' | 'later'): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds
}
