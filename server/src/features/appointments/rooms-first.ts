import type { Diary } from './diary.ts'

/** A diary in which some rooms and machines are tried before others of their kinds, whoever the provider is. */
export function roomsFirst(diary: Diary, resourceIds: Iterable<string>): Diary {
  const first = new Set(resourceIds)
  const places = diary.places.map((place) => ({
    ...place,
    resources: place.resources.toSorted((a, b) => Number(first.has(b.id)) - Number(first.has(a.id))),
  }))
  return { ...diary, places, rosters: diary.rosters.map((roster) => ({ ...roster, seat: 0 })) }
}
