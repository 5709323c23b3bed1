/** When a person is to be left alone: `HH:MM` on the clock of an IANA time zone, past midnight where `until` is not after `from`. */
export interface QuietHours {
  readonly timeZone: string
  readonly from: string
  readonly until: string
}

/**
 * When the quiet hours end that an instant lies in; null outside of them. On days when the clock changes they end as it first
 * shows their end, or would have: when it is put back behind that, they do not begin anew.
 */
export function quietUntil({ timeZone, from, until }: QuietHours, instant: string): string | null {
  const now = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone)
  const clock = now.toPlainTime()
  const [begins, ends] = [Temporal.PlainTime.from(from), Temporal.PlainTime.from(until)]
  const isPast = (time: Temporal.PlainTime) => Temporal.PlainTime.compare(clock, time) >= 0
  const pastMidnight = Temporal.PlainTime.compare(begins, ends) > 0
  const isQuiet = pastMidnight ? isPast(begins) || !isPast(ends) : isPast(begins) && !isPast(ends)
  if (!isQuiet) return null
  const day = pastMidnight && isPast(begins) ? now.toPlainDate().add({ days: 1 }) : now.toPlainDate()
  const end = day.toZonedDateTime({ timeZone, plainTime: ends })
  return Temporal.ZonedDateTime.compare(end, now) > 0 ? end.toInstant().toString() : null
}
