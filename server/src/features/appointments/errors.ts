import type { Alternative, StartReason } from '@petra/contract'
import { TryAgain } from '../../platform/database/database.ts'
import { constraintOf } from '../../platform/database/sql-state.ts'
import { AppError, Invalid, NotFound } from '../../platform/errors.ts'

/** Another visit has the time: its provider's, or a room's. `alternatives` are added once the transaction is rolled back. */
export class SlotTaken extends AppError {
  readonly reasons: readonly StartReason[]
  constructor(reasons: readonly StartReason[], alternatives: readonly Alternative[] = []) {
    super('appointment.slot-taken', 'Another visit has this time.', { reasons, alternatives })
    this.reasons = reasons
  }
}

export class PetBusy extends AppError {
  constructor() {
    super('appointment.pet-busy', 'The pet has another visit at this time.', { reasons: ['pet-busy'] })
  }
}

export class NotBookable extends AppError {
  constructor(reasons: readonly string[]) {
    super('appointment.not-bookable', `This time cannot be booked: ${reasons.join(', ')}.`, { reasons })
  }
}

export class IllegalTransition extends AppError {
  constructor(action: string, status: string) {
    super('appointment.illegal-transition', `The appointment is ${status}; ${action} is not possible from there.`)
  }
}

/** The account has as many holds as it may. */
export class HoldLimit extends AppError {
  constructor() {
    super('hold.limit', 'Book or release one of your three holds first.')
  }
}

/** Gone, spent, or never the caller's: all the same. */
export class HoldExpired extends AppError {
  constructor() {
    super('hold.expired', 'This hold is over. The time may still be free: book it without the hold.')
  }
}

export function unknownReference(pointer: string): Invalid {
  return new Invalid('reference.unknown', [{ pointer, message: 'names something that does not exist' }])
}

/** Past the last of its numbers a hold is not inserted, and its reservations have none to belong to. */
export function holdRefused(error: unknown): never {
  const constraint = constraintOf(error)
  if (constraint === 'hold_number_is_free') throw new TryAgain(new HoldLimit())
  throw constraint === 'reservations_hold_id_fkey' ? new HoldLimit() : error
}

/** Nothing is booked, held or searched for a pet that has died. */
export class PetDeceased extends AppError {
  constructor() {
    super('pet.deceased', 'No visits are booked for a pet that has died.')
  }
}

/**
 * A pet that was archived or has died since it was looked up, or another timetable than it was judged by, has got no appointment, and
 * its reservations none to belong to: the next look says which.
 */
export function notAsJudged(error: unknown): never {
  throw constraintOf(error) === 'reservations_appointment_id_fkey' ? new TryAgain(new NotFound()) : error
}
