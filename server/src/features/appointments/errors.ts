import type { Alternative } from '@petra/contract'
import { AppError, Invalid, NotFound } from '../../platform/errors.ts'
import { constraintOf } from '../../platform/sql-state.ts'

/** Another visit has the time. `alternatives` are added once the transaction is rolled back. */
export class SlotTaken extends AppError {
  constructor(alternatives: readonly Alternative[] = []) {
    super('appointment.slot-taken', 'Another visit has this time.', { alternatives })
  }
}

export class PetBusy extends AppError {
  constructor() {
    super('appointment.pet-busy', 'The pet has another visit at this time.')
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

export function unknownReference(pointer: string): Invalid {
  return new Invalid('reference.unknown', [{ pointer, message: 'names something that does not exist' }])
}

/** A pet that was archived since it was looked up has got no appointment, and its reservations none to belong to. */
export function petGone(error: unknown): never {
  throw constraintOf(error) === 'reservations_appointment_id_fkey' ? new NotFound() : error
}
