import { DAY, type Diary, MINUTE, type Place, type Reason, type Roster, reasons, type Span } from './diary.ts'
import { openPool, type Pool, pick } from './free-resources.ts'
import { FARTHEST, type LocalDay, localDayAt, wallOf } from './local-time.ts'
import { isCovered, isMet, merged, type Track, trackOf } from './spans.ts'
import { around } from './stays.ts'
import { workingTime } from './working-time.ts'
import { type Piece, zonePieces } from './zone-pieces.ts'

/** A start to be judged: its wall clock, its instants without buffers, and with. */
export type Candidate = { wall: number; visit: Span; reserved: Span }

/** What a place says about candidates of some days, asked in order. */
export type PlaceView = {
  travelMinutes: number
  stepMillis: number
  earliest: number
  beyondHorizon: number
  days: readonly LocalDay[]
  pieces: readonly Piece[]
  closures: Track
  pet: Track
  pool: Pool
}

/** What a provider's roster says about candidates of the same days, asked in order. */
export type RosterView = {
  providerId: string
  isSkilled: boolean
  hours: Track
  off: Track
  busy: Track
  elsewhere: Track
  travelMinutes: number
}

/** Opens a place for candidates on `days` days from the one whose 00:00 is `midnight` (wall-clock milliseconds). */
export function viewPlace(diary: Diary, place: Place, midnight: number, days: number, petId?: string): PlaceView {
  const { now, terms, busy } = diary
  const { timeZone } = place
  const today = Math.floor(wallOf(now, timeZone) / DAY)
  const first = midnight - DAYS_BEFORE * DAY
  const count = DAYS_BEFORE + days + Math.ceil((terms.durationMinutes * MINUTE) / DAY) + 1
  return {
    travelMinutes: place.travelMinutes ?? 0,
    stepMillis: terms.stepMinutes * MINUTE,
    earliest: now + terms.leadMinutes * MINUTE,
    beyondHorizon: (today + terms.horizonDays + 1) * DAY,
    days: Array.from({ length: count }, (_, day) => localDayAt(first + day * DAY, timeZone)),
    pieces: zonePieces(timeZone, first - FARTHEST, first + (count + 2) * DAY + FARTHEST),
    closures: trackOf(merged(place.closures)),
    pet: trackOf(petId === undefined ? [] : busy.get(petId)),
    pool: openPool(diary, place),
  }
}

// A shift of the day before may run through the whole day; where the zone skipped that one, a shift of the day before it.
const DAYS_BEFORE = 2

/** Opens a roster for the candidates of a place's view. */
export function viewRoster(diary: Diary, roster: Roster, { days, pieces, travelMinutes }: PlaceView): RosterView {
  const elsewhere = diary.stays?.standing.filter(
    ({ providerId, locationId }) => providerId === roster.providerId && locationId !== roster.locationId,
  )
  return {
    providerId: roster.providerId,
    isSkilled: diary.species === undefined || (roster.species?.includes(diary.species) ?? true),
    hours: trackOf(workingTime(roster, days, pieces)),
    off: trackOf(merged(roster.off)),
    busy: trackOf(diary.busy.get(roster.providerId)),
    elsewhere: trackOf(merged((elsewhere ?? []).map((stay) => stay.around))),
    travelMinutes,
  }
}

/** The faults of a candidate with any provider, as bits; 0 is none. */
export function faultsOfPlace(view: PlaceView, { wall, visit, reserved }: Candidate): number {
  let faults = 0
  if (wall % view.stepMillis !== 0) faults |= OFF_STEP
  if (visit.from < view.earliest) faults |= LEAD_TIME
  if (wall >= view.beyondHorizon) faults |= HORIZON
  if (isMet(view.closures, visit)) faults |= CLOSED
  if (pick(view.pool, reserved) === null) faults |= RESOURCE_TAKEN
  if (isMet(view.pet, visit)) faults |= PET_BUSY
  return faults
}

/** The faults of a candidate with one provider, as bits; 0 is none. */
export function faultsOfRoster(view: RosterView, { visit, reserved }: Candidate): number {
  let faults = 0
  if (!view.isSkilled) faults |= SKILL
  if (isMet(view.off, visit)) faults |= PROVIDER_OFF
  if (!isCovered(view.hours, visit)) faults |= OUTSIDE_HOURS
  if (isMet(view.busy, reserved)) faults |= PROVIDER_BUSY
  if (isMet(view.elsewhere, around(reserved, view.travelMinutes))) faults |= TRAVEL
  return faults
}

/** Faults by name. */
export function reasonsOf(faults: number): Reason[] {
  return reasons.filter((reason) => faults & bit(reason))
}

function bit(reason: Reason): number {
  return 1 << reasons.indexOf(reason)
}

const OFF_STEP = bit('off-step')
const LEAD_TIME = bit('lead-time')
const HORIZON = bit('horizon')
const CLOSED = bit('closed')
const SKILL = bit('skill')
const PROVIDER_OFF = bit('provider-off')
const OUTSIDE_HOURS = bit('outside-hours')
const PROVIDER_BUSY = bit('provider-busy')
const TRAVEL = bit('travel')
const RESOURCE_TAKEN = bit('resource-taken')
const PET_BUSY = bit('pet-busy')
