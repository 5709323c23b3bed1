import { DAY } from './diary.ts'
import { midnightOf } from './local-time.ts'

/** Times of day as 'HH:MM', and ISO weekdays as '6,7'. What is left out wants everything. */
export interface StartFilter {
  readonly fromTime?: string
  readonly toTime?: string
  readonly weekday?: string
}

/**
 * Tells which starts a search wants, 'YYYY-MM-DDTHH:MM:SS' by the location's clock; undefined where it wants all of them. Times
 * that end at or before they begin run past midnight, as shifts do; the weekday is that of the start itself.
 */
export function wantedStarts(filter: StartFilter): ((localStart: string) => boolean) | undefined {
  const { fromTime, toTime, weekday } = filter
  if (fromTime === undefined && toTime === undefined && weekday === undefined) return undefined
  const [from, to] = [fromTime ?? '00:00', toTime ?? '24:00']
  return (localStart) => {
    const time = localStart.slice(11, 16)
    const isLate = from <= time
    const isEarly = time < to
    if (!(from < to ? isLate && isEarly : isLate || isEarly)) return false
    return weekday === undefined || weekday.includes(String(weekdayOf(localStart.slice(0, 10))))
  }
}

/** Monday is 1. */
function weekdayOf(date: string): number {
  const day = midnightOf(date) / DAY + 3
  return (((day % 7) + 7) % 7) + 1
}
