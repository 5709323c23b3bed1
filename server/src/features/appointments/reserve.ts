import type { Tx } from '../../platform/database.ts'
import { constraintOf, detailOf } from '../../platform/sql-state.ts'
import type { Candidate } from './candidates.ts'
import type { Terms } from './diary.ts'
import { PetBusy, SlotTaken } from './errors.ts'
import { type Claim, type Holder, insertReservations } from './queries/reservations.ts'
import { reservedSpan, visitSpan } from './reserved-span.ts'

/**
 * Reserves a provider, the rooms and the pet for one appointment or hold: all of them together, or none (rule 17). It is the
 * constraint `subject_is_free` that refuses, and the transaction that takes all of it back.
 */
export function reserve(tx: Tx, holder: Holder, claims: readonly Claim[]): Promise<void> {
  return insertReservations(tx, holder, claims)
}

/** What a failed reservation means: PetBusy, before SlotTaken (rule 18), when another one was there first; else the error as it is. */
export function refusalOf(error: unknown, providerId: string, petId: string | undefined): unknown {
  if (constraintOf(error) !== 'subject_is_free') return error
  const lost = detailOf(error)
  if (petId !== undefined && lost.includes(petId)) return new PetBusy()
  return new SlotTaken([lost.includes(providerId) ? 'provider-busy' : 'resource-taken'])
}

/** What a visit claims: provider and rooms with buffers, the pet, where it is known, without (rule 5). */
export function claimsOf(
  terms: Terms,
  startsAt: number,
  { providerId, place, resourceIds }: Candidate,
  petId: string | undefined,
  isTravelling: boolean,
): Claim[] {
  const span = reservedSpan(terms, startsAt)
  const travelMinutes = isTravelling ? (place.travelMinutes ?? 0) : null
  return [
    { subjectId: providerId, span, at: { locationId: place.locationId, travelMinutes } },
    ...resourceIds.map((subjectId) => ({ subjectId, span })),
    ...(petId === undefined ? [] : [{ subjectId: petId, span: visitSpan(terms, startsAt) }]),
  ]
}
