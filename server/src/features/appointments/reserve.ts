import type { Tx } from '../../platform/database.ts'
import type { Candidate } from './candidates.ts'
import type { Terms } from './diary.ts'
import { PetBusy, SlotTaken } from './errors.ts'
import { type Claim, insertReservations } from './queries/reservations.ts'
import { reservedSpan, visitSpan } from './reserved-span.ts'

/**
 * Reserves a provider, the rooms and the pet for one appointment: all of them together, or none (rule 17). It is the
 * constraint `subject_is_free` that refuses; what falls short here is thrown, so that the transaction takes it all back.
 * @throws PetBusy, before SlotTaken (rule 18), when another reservation was there first
 */
export async function reserve(tx: Tx, appointmentId: string, claims: readonly Claim[], petId: string): Promise<void> {
  const won = await insertReservations(tx, appointmentId, claims)
  if (won.size === claims.length) return
  throw won.has(petId) ? new SlotTaken() : new PetBusy()
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
