import { TryAgain, type Tx } from '../../platform/database.ts'
import { type Candidate, candidatesAt, type Leniency } from './candidates.ts'
import { chooseProvider } from './choose-provider.ts'
import type { Diary, Span } from './diary.ts'
import { SlotTaken } from './errors.ts'
import { deleteVoidHolds } from './queries/holds.ts'
import { type Claim, deleteReservations, type Holder, lockSubjects, subjectsOf } from './queries/reservations.ts'
import { claimsOf, refusalOf, reserve } from './reserve.ts'
import { around } from './stays.ts'
import type { Service } from './timetable.ts'

export interface Wanted extends Leniency {
  /** What is placed: an appointment, or the hold of a time for one. */
  readonly holder: Holder
  readonly service: Service
  readonly startsAt: number
  readonly petId?: string | undefined
  /** Whose holds may be spent on it; null for nobody's. */
  readonly accountId: string | null
  /** Who may take it, where, and what is reserved around its time. */
  readonly diary: Diary
  /** The appointment that has a time already, which counts as free and is given up when the new one is won. */
  readonly moved?: string
}

/**
 * Wins provider, rooms and pet for a visit.
 * @param write stores the appointment as it was placed, in the same flight as its reservations
 * @returns what `write` gave
 * @throws PetBusy, SlotTaken or NotBookable; TryAgain where a racer was faster and somebody else or another room may do
 */
export async function placeVisit<T>(tx: Tx, wanted: Wanted, write: (placed: Candidate) => Promise<T>): Promise<T> {
  const { holder, service, startsAt, petId, diary, accountId, moved } = wanted
  const candidates = candidatesAt(diary, startsAt, petId, wanted)
  const chosen = await chooseProvider(tx, candidates, wanted)
  const claims = claimsOf(service, startsAt, chosen, petId, diary.stays !== undefined)
  const subjects = claims.map(({ subjectId }) => subjectId)
  const spent = spentOn(diary, claims)
  if (moved !== undefined) await lockSubjects(tx, [...subjects, ...(await subjectsOf(tx, moved))], 'alone')
  try {
    const [, , written] = await Promise.all([
      moved === undefined ? lockSubjects(tx, subjects, 'shared') : deleteReservations(tx, [moved]),
      (spent.length > 0 || 'holdId' in holder) && deleteVoidHolds(tx, spent, accountId),
      write(chosen),
      reserve(tx, holder, claims),
    ])
    return written
  } catch (error) {
    const refusal = refusalOf(error, chosen.providerId, petId)
    const isOnlyChoice = candidates.length === 1 && service.resourceKinds.length === 0
    throw refusal instanceof SlotTaken && !isOnlyChoice ? new TryAgain(refusal) : refusal
  }
}

/** The void holds that stand where something is claimed, or too near to travel from. */
function spentOn({ voidHolds = [], stays }: Diary, claims: readonly Claim[]): string[] {
  const standing = voidHolds.filter(({ subjectId, span }) =>
    claims.some((claim) => claim.subjectId === subjectId && meet(claim.span, span)),
  )
  const tooNear = (stays?.void ?? []).filter((stay) =>
    claims.some(
      ({ subjectId, span, at }) =>
        at &&
        subjectId === stay.providerId &&
        at.locationId !== stay.locationId &&
        meet(around(span, at.travelMinutes ?? 0), stay.around),
    ),
  )
  return [...new Set([...standing, ...tooNear].flatMap(({ holdId }) => holdId ?? []))]
}

function meet(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to
}
