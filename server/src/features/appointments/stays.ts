import { MINUTE, type Span, type Stay } from './diary.ts'
import type { ProviderReservation } from './queries/stays.ts'
import type { Timetable } from './timetable.ts'

/** A span with the time it takes to travel before and after it. */
export function around({ from, to }: Span, travelMinutes = 0): Span {
  return { from: from - travelMinutes * MINUTE, to: to + travelMinutes * MINUTE }
}

/** Reservations with what it takes to get to their places, those of void holds apart. */
export function staysOf(
  { places }: Timetable,
  reserved: readonly ProviderReservation[],
  voidHolds: ReadonlySet<string>,
): { standing: Stay[]; void: Stay[] } {
  const stays = reserved.map(
    ({ span, ...where }): Stay => ({ ...where, around: around(span, places.get(where.locationId)?.travelMinutes) }),
  )
  const isVoid = ({ holdId }: Stay) => holdId !== null && voidHolds.has(holdId)
  return { standing: stays.filter((stay) => !isVoid(stay)), void: stays.filter(isVoid) }
}
