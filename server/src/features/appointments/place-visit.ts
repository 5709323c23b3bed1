import { inSavepoint, type Tx } from '../../platform/database.ts'
import { type Candidate, candidatesAt } from './candidates.ts'
import { chooseProvider } from './choose-provider.ts'
import { DAY, type Diary, type Reason, type Roster } from './diary.ts'
import { SlotTaken } from './errors.ts'
import { wallOf } from './local-time.ts'
import { deleteReservations, lockSubjects, subjectsOf } from './queries/reservations.ts'
import { readDiary } from './read-diary.ts'
import { claimsOf, reserve } from './reserve.ts'
import { type Service, type Timetable, teamOf } from './timetable.ts'

/** Each try lost means that somebody else has won; after this many the time counts as taken. */
const MOST_TRIES = 12

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
 * Wins provider, rooms and pet for a visit. Where a racer was faster and there is somebody else or another room to take, it
 * looks again and takes that.
 * @param write stores the appointment as it was placed, in the same flight as its reservations
 * @returns what `write` gave for the placing that held
 * @throws PetBusy, SlotTaken or NotBookable
 */
export async function placeVisit<T>(
  tx: Tx,
  timetable: Timetable,
  wanted: Wanted,
  write: (placed: Candidate) => Promise<T>,
): Promise<T> {
  const { appointmentId, service, startsAt, petId, isMove = false } = wanted
  for (let attempt = 1; ; attempt++) {
    const candidates = candidatesAt(await diaryFor(tx, timetable, wanted), startsAt, petId, wanted.except)
    const chosen = await chooseProvider(tx, candidates, startsAt)
    const claims = claimsOf(service, startsAt, chosen, petId)
    const subjects = claims.map(({ subjectId }) => subjectId)
    const place = async () => {
      if (isMove) await lockSubjects(tx, [...subjects, ...(await subjectsOf(tx, appointmentId))], 'alone')
      const [, written] = await Promise.all([
        isMove ? deleteReservations(tx, [appointmentId]) : lockSubjects(tx, subjects, 'shared'),
        write(chosen),
        reserve(tx, appointmentId, claims, petId),
      ])
      return written
    }
    if (candidates.length === 1 && service.resourceKinds.length === 0) return place()
    try {
      return await inSavepoint(tx, place)
    } catch (error) {
      if (!(error instanceof SlotTaken) || attempt === MOST_TRIES) throw error
    }
  }
}

async function diaryFor(tx: Tx, timetable: Timetable, wanted: Wanted): Promise<Diary> {
  const { service, startsAt, isMove, appointmentId, mayTake } = wanted
  const ignoring = isMove ? appointmentId : undefined
  const diary = await readDiary(tx, timetable, { ...wanted, ...daysAround(timetable, service, startsAt), ignoring })
  return mayTake ? { ...diary, rosters: [...mayTake(diary.rosters)] } : diary
}

/** The local dates that an instant is on in any of the team's zones. */
function daysAround(timetable: Timetable, service: Service, startsAt: number): { midnight: number; days: number } {
  const walls = teamOf(timetable, service, {}).places.map(({ timeZone }) => wallOf(startsAt, timeZone))
  const midnight = Math.floor(Math.min(startsAt, ...walls) / DAY) * DAY
  return { midnight, days: Math.floor((Math.max(startsAt, ...walls) - midnight) / DAY) + 1 }
}
