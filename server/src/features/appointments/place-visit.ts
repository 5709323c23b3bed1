import { TryAgain, type Tx } from '../../platform/database.ts'
import { type Candidate, candidatesAt } from './candidates.ts'
import { chooseProvider } from './choose-provider.ts'
import type { Diary, Reason, Roster } from './diary.ts'
import { SlotTaken } from './errors.ts'
import { deleteReservations, lockSubjects, subjectsOf } from './queries/reservations.ts'
import { readDiary } from './read-diary.ts'
import { claimsOf, reserve } from './reserve.ts'
import { reservedSpan } from './reserved-span.ts'
import type { Service, Timetable } from './timetable.ts'

export interface Wanted {
  readonly appointmentId: string
  readonly service: Service
  readonly startsAt: number
  readonly petId: string
  readonly locationId?: string | undefined
  readonly providerId?: string | undefined
  /** The visit has a time already, which counts as free and is given up when the new one is won. */
  readonly isMove?: boolean
  /** Reasons that do not count against the time. */
  readonly except?: readonly Reason[]
  /** Narrows whom the actor may take. */
  readonly mayTake?: (rosters: readonly Roster[]) => readonly Roster[]
}

/**
 * Wins provider, rooms and pet for a visit.
 * @param write stores the appointment as it was placed, in the same flight as its reservations
 * @returns what `write` gave
 * @throws PetBusy, SlotTaken or NotBookable; TryAgain where a racer was faster and somebody else or another room may do
 */
export async function placeVisit<T>(
  tx: Tx,
  timetable: Timetable,
  wanted: Wanted,
  write: (placed: Candidate) => Promise<T>,
): Promise<T> {
  const { appointmentId, service, startsAt, petId, isMove = false } = wanted
  const candidates = candidatesAt(await diaryFor(tx, timetable, wanted), startsAt, petId, wanted.except)
  const chosen = await chooseProvider(tx, candidates, startsAt)
  const claims = claimsOf(service, startsAt, chosen, petId)
  const subjects = claims.map(({ subjectId }) => subjectId)
  if (isMove) await lockSubjects(tx, [...subjects, ...(await subjectsOf(tx, appointmentId))], 'alone')
  try {
    const [, written] = await Promise.all([
      isMove ? deleteReservations(tx, [appointmentId]) : lockSubjects(tx, subjects, 'shared'),
      write(chosen),
      reserve(tx, appointmentId, claims, petId),
    ])
    return written
  } catch (error) {
    const isOnlyChoice = candidates.length === 1 && service.resourceKinds.length === 0
    throw error instanceof SlotTaken && !isOnlyChoice ? new TryAgain(error) : error
  }
}

/** What decides about the visit's own time, and no more. */
async function diaryFor(tx: Tx, timetable: Timetable, wanted: Wanted): Promise<Diary> {
  const { service, startsAt, isMove, appointmentId, mayTake } = wanted
  const ignoring = isMove ? appointmentId : undefined
  const diary = await readDiary(tx, timetable, { ...wanted, ignoring }, reservedSpan(service, startsAt))
  return mayTake ? { ...diary, rosters: [...mayTake(diary.rosters)] } : diary
}
