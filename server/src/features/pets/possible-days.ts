import type { PetInput } from '@petra/contract'
import type { Queryable } from '../../platform/database/database.ts'
import { Invalid } from '../../platform/errors.ts'
import { findLatestDay } from './queries.ts'

/**
 * @throws Invalid 422 for a birth, a chip or a death that is still to come, and for a death before the birth
 */
export async function requirePossibleDays(
  db: Queryable,
  { birthDate = null, microchippedOn = null, deceasedOn = null }: PetInput,
): Promise<void> {
  const days = Object.entries({ birthDate, microchippedOn, deceasedOn }).filter(([, day]) => day !== null)
  if (days.length === 0) return
  const latest = days.some(([, day]) => (day as string) > longPast()) ? await findLatestDay(db) : longPast()
  const errors = days
    .filter(([, day]) => (day as string) > latest)
    .map(([field]) => ({ pointer: `/body/${field}`, message: 'must not be in the future' }))
  if (birthDate !== null && deceasedOn !== null && deceasedOn < birthDate)
    errors.push({ pointer: '/body/deceasedOn', message: 'must not be before birthDate' })
  if (errors.length > 0) throw new Invalid('pet.impossible-dates', errors)
}

/** A day that has begun on every calendar, by any clock that is not days off: what is older needs no question to the database. */
function longPast(): string {
  return Temporal.Now.plainDateISO('UTC').subtract({ days: 7 }).toString()
}
