import { TryAgain, type Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/errors.ts'
import { shareSchedule } from '../catalogue/lookup.ts'
import { type Candidate, candidatesAt, type Leniency } from './candidates.ts'
import { chooseProvider } from './choose-provider.ts'
import type { Diary, Span } from './diary.ts'
import { SlotTaken } from './errors.ts'
import { deleteVoidHolds } from './queries/holds.ts'
import { type Claim, deleteReservations, type Holder, lockClaimed } from './queries/reservations.ts'
import { readHeld } from './queries/rezoning.ts'
import { readTimetableVersion } from './queries/timetable.ts'
import { claimsOf, refusalOf } from './reserve.ts'
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
  /** The diary with the pet's own visits, where they are not in it: they are told first, once nobody can take the visit. */
  readonly withPet?: (() => Promise<Diary>) | undefined
  /** Of the timetable it is judged by, where the schedule is not shared yet. */
  readonly version?: number
  /** The appointment that has a time already, which counts as free and is given up when the new one is won. */
  readonly moved?: string
}

/**
 * Wins provider, rooms and pet for a visit.
 * @param write stores the visit or hold as it was placed, with all that it claims, in one flight
 * @returns what `write` gave
 * @throws PetBusy, SlotTaken or NotBookable; TryAgain where a racer was faster and somebody else or another room may do
 */
export async function placeVisit<T>(
  tx: Tx,
  wanted: Wanted,
  write: (placed: Candidate, claims: readonly Claim[]) => Promise<T>,
): Promise<T> {
  const { holder, service, startsAt, petId, accountId, moved, version } = wanted
  const { diary, candidates } = await judge(wanted)
  const isLast = candidates.length === 1 && !('holdId' in holder)
  if (version !== undefined && !isLast) await shareScheduleOf(tx, version)
  const chosen = await chooseProvider(tx, candidates, wanted)
  const claims = claimsOf(service, startsAt, chosen, petId, diary.stays !== undefined)
  const spent = spentOn(diary, claims)
  if (moved !== undefined) await lockClaimed(tx, [...claims, ...(await readHeld(tx, moved))])
  try {
    const [, , , written] = await Promise.all([
      version !== undefined && shareSchedule(tx),
      moved === undefined ? lockClaimed(tx, claims) : deleteReservations(tx, [moved]),
      (spent.length > 0 || 'holdId' in holder) && deleteVoidHolds(tx, spent, accountId),
      write(chosen, claims),
    ])
    return written
  } catch (error) {
    const refusal = refusalOf(error, chosen.providerId, petId)
    // A hold that somebody else had in hand is one to spend the next time, or is spent.
    const isOnlyChoice = candidates.length === 1 && service.resourceKinds.length === 0 && spent.length === 0
    throw refusal instanceof SlotTaken && !isOnlyChoice ? new TryAgain(refusal) : refusal
  }
}

async function judge(wanted: Wanted): Promise<{ diary: Diary; candidates: Candidate[] }> {
  const { diary, startsAt, petId, withPet } = wanted
  try {
    return { diary, candidates: candidatesAt(diary, startsAt, petId, wanted) }
  } catch (error) {
    if (!withPet || !(error instanceof SlotTaken)) throw error
    return judge({ ...wanted, diary: await withPet(), withPet: undefined })
  }
}

/** Keeps the schedule as it is until the transaction ends. @throws TryAgain when it is not what it was */
async function shareScheduleOf(tx: Tx, version: number): Promise<void> {
  const [, current] = await Promise.all([shareSchedule(tx), readTimetableVersion(tx)])
  if (current !== version) throw new TryAgain(new AppError('service.unavailable'))
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
