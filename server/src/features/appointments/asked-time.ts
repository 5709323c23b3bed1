import { AppError } from '../../platform/errors.ts'
import { resolveLocal, wallText } from './local-time.ts'

/**
 * The instant a client means, in epoch milliseconds: an instant with an offset as it is, a local time by the location's clock.
 * @throws AppError 422 for a local time without a location, one that does not exist, or one that happens twice (rule 2)
 */
export function askedTime(text: string, timeZone: string | undefined): number {
  if (/(Z|[+-]\d\d:\d\d)$/i.test(text)) return Temporal.Instant.from(text).epochMilliseconds
  if (timeZone === undefined)
    throw new AppError('appointment.location-required', 'A local time says nothing without a location.')
  const resolved = resolveLocal(text, timeZone)
  if (resolved === 'nonexistent')
    throw new AppError('appointment.nonexistent-time', `The clock in ${timeZone} never shows ${text}.`)
  if (resolved === 'ambiguous') {
    throw new AppError(
      'appointment.ambiguous-time',
      `The clock in ${timeZone} shows ${text} twice; send it with its UTC offset.`,
    )
  }
  return resolved.startsAt
}

/** Epoch milliseconds as RFC 3339 in UTC, without a fraction. */
export function instantText(instant: number): string {
  return `${wallText(instant)}Z`
}
