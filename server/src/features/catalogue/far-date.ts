import { Invalid } from '../../platform/errors.ts'

const FIRST = '1900-01-01'
const LAST = '2999-12-31'

/**
 * Refuses a date, or the date of a local date-time, that can only be a slip; PostgreSQL, too, knows no year 0.
 * @throws Invalid 400
 */
export function refuseFarDate(local: string, pointer: string): void {
  const date = local.slice(0, 10)
  if (date < FIRST || date > LAST) {
    throw new Invalid('request.invalid', [{ pointer, message: `must lie between ${FIRST} and ${LAST}` }])
  }
}
