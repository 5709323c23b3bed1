import type { BookingCase, Offer } from './booking-case.ts'
import { randomOf } from './random.ts'

/** A start at a location. */
export type Start = Pick<Offer, 'startsAt' | 'locationId'>

/** Asked for in each case. */
export const UNOFFERED = 100

/** Up to `count` random starts on the dates and at the locations asked for, on the step or off it, that are not offered. */
export function unofferedStarts(all: BookingCase, offers: readonly Offer[], count: number): Start[] {
  const random = randomOf(all.seed + 1)
  const { date, days, locationId } = all.asked
  const places = all.locations.filter(({ id }) => locationId === undefined || locationId === id)
  const offered = new Set(offers.map(keyOf))
  const starts = new Map<string, Start>()
  for (let attempt = 0; attempt < 2 * count && starts.size < count; attempt++) {
    const { id, timeZone } = random.pick(places)
    const minutes = random.int(0, 1440 / 5 - 1) * 5
    const step = random.chance(0.7) ? all.service.stepMinutes : 5
    const local = Temporal.PlainDate.from(date)
      .add({ days: random.int(0, days - 1) })
      .toPlainDateTime()
      .add({ minutes: minutes - (minutes % step) })
    const at = local.toZonedDateTime(timeZone, { disambiguation: random.pick(['earlier', 'later']) })
    const start = { startsAt: at.epochMilliseconds, locationId: id }
    // A time in a gap becomes another, which may lie on another day.
    if (at.toPlainDateTime().equals(local) && !offered.has(keyOf(start))) starts.set(keyOf(start), start)
  }
  return [...starts.values()]
}

function keyOf({ startsAt, locationId }: Start): string {
  return `${startsAt} ${locationId}`
}
