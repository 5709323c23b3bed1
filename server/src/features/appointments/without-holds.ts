import type { Diary, HeldSpan } from './diary.ts'

/** What is busy but for what some holds have reserved. */
export function withoutHolds(busy: Diary['busy'], holds: readonly HeldSpan[]): Diary['busy'] {
  const left = new Map(busy)
  for (const { subjectId, span } of holds) {
    const others = left.get(subjectId)?.filter(({ from, to }) => from !== span.from || to !== span.to)
    if (others) left.set(subjectId, others)
  }
  return left
}
