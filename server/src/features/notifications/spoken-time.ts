/**
 * An instant (RFC 3339) on the clock of an IANA time zone, for reading. The offset goes with it, since one hour a year
 * happens twice: `Monday, 15 March 2027 at 9:00 am (New York time, GMT-4)`.
 */
export function spokenTime(instant: string, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hour12: true,
  })
  return `${clock.format(new Date(instant))} (${zoneName(instant, timeZone)})`
}

/** The day of an instant (RFC 3339) in an IANA time zone: `Monday 15 March`. */
export function spokenDay(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(
    new Date(instant),
  )
}

function zoneName(instant: string, timeZone: string): string {
  if (timeZone === 'UTC') return 'UTC'
  const city = timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ')
  const offset = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short' })
    .formatToParts(new Date(instant))
    .find((part) => part.type === 'timeZoneName')
  return `${city} time, ${offset?.value}`
}
