import type { Diary, Place, Span } from './diary.ts'
import { isMet, type Track, trackOf } from './spans.ts'

/**
 * The ids of resources free throughout `span` (buffers included), one for each kind the terms name, all distinct; null
 * when there are too few.
 * @param seat which of each kind is tried first, so that those who choose at the same moment do not all choose the same
 */
export function freeResources(diary: Diary, place: Place, span: Span, seat = 0): string[] | null {
  return pick(openPool(diary, place), span, seat)
}

/** For each kind needed, how many, and the resources of that kind with their reservations. */
export type Pool = { count: number; resources: { id: string; busy: Track }[] }[]

/** The pool of what the terms need at a place. */
export function openPool({ terms, busy }: Diary, place: Place): Pool {
  return [...new Set(terms.resourceKinds)].map((kind) => ({
    count: terms.resourceKinds.filter((needed) => needed === kind).length,
    resources: place.resources
      .filter((resource) => resource.kind === kind)
      .map(({ id }) => ({ id, busy: trackOf(busy.get(id)) })),
  }))
}

/** As `freeResources`, for spans asked in order. */
export function pick(pool: Pool, span: Span, seat = 0): string[] | null {
  const picked: string[] = []
  for (const { count, resources } of pool) {
    let missing = count
    for (let turn = 0; turn < resources.length && missing > 0; turn++) {
      const { id, busy } = resources[(seat + turn) % resources.length] as Pool[number]['resources'][number]
      if (isMet(busy, span)) continue
      picked.push(id)
      missing--
    }
    if (missing > 0) return null
  }
  return picked
}
