import type { Diary, HeldSpan } from './diary.ts'

/** What is busy but for what some holds have reserved. */
export function withoutHolds(busy: Diary['busy'], holds: readonly HeldSpan[]): Diary['busy'] {
  const left = new Map(busy)
  for (const { subjectId, span } of holds) {
    const times = left.get(subjectId) ?? []
    const at = times.findIndex((from, at) => at % 2 === 0 && from === span.from && times[at + 1] === span.to)
    if (at >= 0) left.set(subjectId, times.toSpliced(at, 2))
  }
  return left
}
