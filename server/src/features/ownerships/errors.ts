import { constraintOf } from '../../platform/database/sql-state.ts'
import { AppError, Conflict } from '../../platform/errors.ts'

/** Says that the last owner who manages a pet has to stay; any other error stays what it is. */
export function nobodyManages(error: unknown): never {
  if (constraintOf(error) === 'pet_keeps_a_manager') {
    throw new AppError('ownership.last-manager', 'Give another owner the right to manage first, or transfer the pet.')
  }
  throw error
}

/** Says that the pet is theirs already; any other error stays what it is. */
export function alreadyOwner(error: unknown): never {
  if (constraintOf(error) === 'one_current_ownership') throw new Conflict('You are an owner of this pet already.')
  throw error
}
