import type { Tx } from '../../platform/database/database.ts'
import { constraintOf, detailOf } from '../../platform/database/sql-state.ts'
import type { Candidate } from './candidates.ts'
import type { Terms } from './diary.ts'
import { PetBusy, SlotTaken } from './errors.ts'
import { insertAppointment, type NewAppointment } from './queries/appointment-changes.ts'
import { type Claim, type Holder, insertReservations } from './queries/reservations.ts'
import { reservedSpan, visitSpan } from './reserved-span.ts'

/**
 * Reserves a provider, the rooms and the pet for one appointment or hold: all of them together, or none (rule 17). It is the
 * constraint `subject_is_free` that refuses, and the transaction that takes all of it back.
 */
export function reserve(tx: Tx, holder: Holder, claims: readonly Claim[]): Promise<void> {
  return insertReservations(tx, holder, claims)
}

/**
 * The same for an appointment that is new, with which it comes.
 * @param version of the timetable that it was judged by; by another one there is no appointment
 * @returns the instant it was made at
 */
export function reserveNew(
  tx: Tx,
  appointment: NewAppointment,
  claims: readonly Claim[],
  version: number,
): Promise<string> {
  return insertAppointment(tx, appointment, claims, version)
}

const EXCLUDING = ['subject_is_free', 'provider_has_time_to_travel']

/** What a failed reservation means: PetBusy, before SlotTaken (rule 18), when another one was there first; else the error as it is. */
export function refusalOf(error: unknown, providerId: string, petId: string | undefined): unknown {
  if (!EXCLUDING.includes(constraintOf(error) ?? '')) return error
  const lost = detailOf(error)
  if (petId !== undefined && lost.includes(petId)) return new PetBusy()
  return new SlotTaken([lost.includes(providerId) ? 'provider-busy' : 'resource-taken'])
}

/**
 * What a visit claims: provider and rooms with buffers, the pet, where it is known, without (rule 5). The pet comes first: of all
 * that is taken, the first is told (rule 18).
 */
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
    ...(petId === undefined ? [] : [{ subjectId: petId, span: visitSpan(terms, startsAt) }]),
    { subjectId: providerId, span, at: { locationId: place.locationId, travelMinutes } },
    ...resourceIds.map((subjectId) => ({ subjectId, span })),
  ]
}
