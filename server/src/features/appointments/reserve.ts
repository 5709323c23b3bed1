import type { Tx } from '../../platform/database.ts'
import { constraintOf, detailOf } from '../../platform/sql-state.ts'
import type { Candidate } from './candidates.ts'
import type { Terms } from './diary.ts'
import { PetBusy, SlotTaken } from './errors.ts'
import { type Claim, insertReservations } from './queries/reservations.ts'
import { reservedSpan, visitSpan } from './reserved-span.ts'

/**
 * Reserves a provider, the rooms and the pet for one appointment: all of them together, or none (rule 17). It is the
 * constraint `subject_is_free` that refuses, and the transaction that takes all of it back.
 */
export function reserve(tx: Tx, appointmentId: string, claims: readonly Claim[]): Promise<void> {
  return insertReservations(tx, appointmentId, claims)
}

/** What a failed reservation means: PetBusy, before SlotTaken (rule 18), when another one was there first; else the error as it is. */
export function refusalOf(error: unknown, petId: string): unknown {
  if (constraintOf(error) !== 'subject_is_free') return error
  return detailOf(error).includes(petId) ? new PetBusy() : new SlotTaken()
}

/** What a visit claims: provider and rooms with buffers, the pet without (rule 5). */
export function claimsOf(
  terms: Terms,
  startsAt: number,
  { providerId, resourceIds }: Candidate,
  petId: string,
): Claim[] {
  const span = reservedSpan(terms, startsAt)
  return [
    ...[providerId, ...resourceIds].map((subjectId) => ({ subjectId, span })),
    { subjectId: petId, span: visitSpan(terms, startsAt) },
  ]
}
