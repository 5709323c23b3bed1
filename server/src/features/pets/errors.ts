import { constraintOf } from '../../platform/database/sql-state.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'

/** Says that a microchip is taken, and not by whom; any other error stays what it is. */
export function microchipTaken(error: unknown): never {
  if (constraintOf(error) === 'microchip_has_one_pet') throw new Conflict('A pet with this microchip is known already.')
  throw error
}

/** Says that there is no such owner, or none any more. */
export function ownerMissing(error: unknown): never {
  const isMissing = ['ownerships_owner_id_fkey', 'owner_is_not_erased'].includes(constraintOf(error) ?? '')
  throw isMissing ? new NotFound() : error
}
