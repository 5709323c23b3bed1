import type { Explanation, StartReason } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Db } from '../../platform/database.ts'
import { askedTime } from './asked-time.ts'
import type { Diary, Reason, Roster } from './diary.ts'
import { mayStart } from './may-start.ts'
import { readHolds } from './queries/holds.ts'
import { readDiary } from './read-diary.ts'
import { reservedSpan } from './reserved-span.ts'
import { askedOf, requirePet, type SearchTerms } from './search-terms.ts'
import type { Timetable, Timetables } from './timetable.ts'
import { withoutHolds } from './without-holds.ts'

export type Question = Pick<SearchTerms, 'service' | 'location' | 'provider' | 'pet'> & { readonly startsAt: string }

/**
 * Whether a start can be booked, judged as search and booking judge it, and why not with whom.
 * @throws Invalid 422 for what does not exist, NotFound for a pet out of reach, AppError 422 for a local time that says nothing
 */
export async function explainStart(
  db: Db,
  timetables: Timetables,
  actor: Person,
  question: Question,
): Promise<Explanation> {
  const [explanation] = await Promise.all([
    timetables.readBy(db, (timetable) => explain(db, timetable, actor, question)),
    requirePet(db, actor, question.pet),
  ])
  return explanation
}

async function explain(db: Db, timetable: Timetable, actor: Person, question: Question): Promise<Explanation> {
  const { provider: providerId, pet: petId } = question
  const asked = askedOf(timetable, actor, question)
  const { service } = asked
  const provider = providerId === undefined ? undefined : timetable.providers.get(providerId)
  const locationId = question.location ?? (provider?.rosters.length === 1 ? provider.rosters[0]?.locationId : undefined)
  const startsAt = askedTime(question.startsAt, locationId && timetable.places.get(locationId)?.timeZone)
  const span = reservedSpan(service, startsAt)
  const diary = await readDiary(db, timetable, { ...asked, locationId }, span)
  const holds = await readHolds(db, 'standing', [...diary.busy.keys()], span, actor.accountId)
  const unheld = { ...diary, busy: withoutHolds(diary.busy, holds) }
  const candidates = diary.rosters.map((roster) => ({
    locationId: roster.locationId,
    providerId: roster.providerId,
    reasons: reasonsAgainst(roster, startsAt, petId, diary, unheld),
  }))
  const [nearest] = candidates.toSorted((a, b) => a.reasons.length - b.reasons.length)
  const nobody = provider && !provider.serviceIds.includes(service.id) ? 'skill' : 'not-offered'
  const reasons = nearest?.reasons ?? [nobody]
  return {
    service: service.slug,

    isBookable: reasons.length === 0,
    reasons,
    candidates,
  }
}

/** What is taken is told apart: by holds alone, or by nothing but the buffers of the service. */
function reasonsAgainst(
  { locationId, providerId }: Roster,
  startsAt: number,
  petId: string | undefined,
  diary: Diary,
  unheld: Diary,
): StartReason[] {
  const against = (judged: Diary) => mayStart(judged, { startsAt, locationId, providerId, petId })
  const terms = { ...diary.terms, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 }
  const [withoutAnyHold, withoutBuffers] = [against(unheld), against({ ...diary, terms })]
  const told = (reason: Reason): StartReason => {
    if (reason === 'pet-busy' || withoutAnyHold.includes(reason))
      return withoutBuffers.includes(reason) ? reason : 'buffer'
    return 'held'
  }
  return [...new Set(against(diary).map(told))]
}
