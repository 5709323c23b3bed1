import { codeOf, constraintOf } from '../../platform/database/sql-state.ts'
import { Conflict, Invalid } from '../../platform/errors.ts'

const conflicts: Record<string, string> = {
  slug_is_free: 'Another service has this slug.',
  service_asks_for_the_role: 'Providers of another role perform this service; take it off them first.',
  a_pet_has_one_duration: 'Two durations are for the same weight of a species.',
  account_is_one_provider: 'This account is a provider already.',
  resource_name_is_free: 'A resource with this name is at this location already.',
}

/** Says what a change of the catalogue ran into; any other error stays what it is. */
export function conflicting(error: unknown): never {
  const detail = conflicts[constraintOf(error) ?? '']
  throw detail === undefined ? error : new Conflict(detail)
}

/** Refuses a time zone that the database does not know (22023), though the runtime may. */
export function zoneUnknown(error: unknown): never {
  if (codeOf(error) !== '22023') throw error
  throw new Invalid('request.invalid', [
    { pointer: '/body/timeZone', message: 'is not a time zone the calendar knows' },
  ])
}
