import type { Diary, Place, Span } from './diary.ts'
import { isMet, type Track, trackOf } from './spans.ts'

/**
 * The ids of resources free throughout `span` (buffers included), one for each kind the terms name, all distinct; null
 * when there are too few.
 */
export function freeResources(diary: Diary, place: Place, span: Span): string[] | null {
  return pick(openPool(diary, place), span)
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
export function pick(pool: Pool, span: Span): string[] | null {
  const picked: string[] = []
  for (const { count, resources } of pool) {
    let missing = count
    for (const { id, busy } of resources) {
      if (missing === 0) break
      if (isMet(busy, span)) continue
      picked.push(id)
      missing--
    }
    if (missing > 0) return null
  }
  return picked
}
