import { TryAgain, type Tx } from '../../platform/database.ts'
import { type Candidate, candidatesAt } from './candidates.ts'
import { chooseProvider } from './choose-provider.ts'
import type { Diary, Reason } from './diary.ts'
import { SlotTaken } from './errors.ts'
import { deleteReservations, lockSubjects, subjectsOf } from './queries/reservations.ts'
import { claimsOf, refusalOf, reserve } from './reserve.ts'
import type { Service } from './timetable.ts'

export interface Wanted {
  readonly appointmentId: string
  readonly service: Service
  readonly startsAt: number
  readonly petId: string
  /** Who may take it, where, and what is reserved around its time. */
  readonly diary: Diary
  /** The visit has a time already, which counts as free and is given up when the new one is won. */
  readonly isMove?: boolean
  /** Reasons that do not count against the time. */
  readonly except?: readonly Reason[]
}

/**
 * Wins provider, rooms and pet for a visit.
 * @param write stores the appointment as it was placed, in the same flight as its reservations
 * @returns what `write` gave
 * @throws PetBusy, SlotTaken or NotBookable; TryAgain where a racer was faster and somebody else or another room may do
 */
export async function placeVisit<T>(tx: Tx, wanted: Wanted, write: (placed: Candidate) => Promise<T>): Promise<T> {
  const { appointmentId, service, startsAt, petId, diary, isMove = false } = wanted
  const candidates = candidatesAt(diary, startsAt, petId, wanted.except)
  const chosen = await chooseProvider(tx, candidates, startsAt)
  const claims = claimsOf(service, startsAt, chosen, petId)
  const subjects = claims.map(({ subjectId }) => subjectId)
  if (isMove) await lockSubjects(tx, [...subjects, ...(await subjectsOf(tx, appointmentId))], 'alone')
  try {
    const [, written] = await Promise.all([
      isMove ? deleteReservations(tx, [appointmentId]) : lockSubjects(tx, subjects, 'shared'),
      write(chosen),
      reserve(tx, appointmentId, claims),
    ])
    return written
  } catch (error) {
    const refusal = refusalOf(error, petId)
    const isOnlyChoice = candidates.length === 1 && service.resourceKinds.length === 0
    throw refusal instanceof SlotTaken && !isOnlyChoice ? new TryAgain(refusal) : refusal
  }
}
