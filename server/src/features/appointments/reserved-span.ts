import { MINUTE, type Span, type Terms } from './diary.ts'

/** The time an appointment that starts at `startsAt` takes of its provider and resources: buffers included (rule 5). */
export function reservedSpan(terms: Terms, startsAt: number): Span {
  return {
    from: startsAt - terms.bufferBeforeMinutes * MINUTE,
    to: startsAt + (terms.durationMinutes + terms.bufferAfterMinutes) * MINUTE,
  }
}

/** The customer's and the pet's time: without buffers. */
export function visitSpan(terms: Terms, startsAt: number): Span {
  return { from: startsAt, to: startsAt + terms.durationMinutes * MINUTE }
}
