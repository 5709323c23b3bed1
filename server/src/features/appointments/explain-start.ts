import type { Explanation } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Db } from '../../platform/database/database.ts'
import { askedTime } from './asked-time.ts'
import { diaryFor, serviceForAny } from './for-pet.ts'
import type { Books } from './open-books.ts'
import { readDiary } from './read-diary.ts'
import { reservedSpan } from './reserved-span.ts'
import { askedOf, petOf, type SearchTerms } from './search-terms.ts'
import { around } from './stays.ts'
import type { Taken } from './taken.ts'
import type { Timetable } from './timetable.ts'
import { toldReasons } from './told-reasons.ts'

export type Question = Pick<SearchTerms, 'service' | 'location' | 'provider' | 'resource' | 'pet'> & {
  readonly startsAt: string
}

/**
 * Whether a start can be booked, judged as search and booking judge it, and why not with whom.
 * @throws Invalid 422 for what does not exist, NotFound for a pet out of reach, AppError 422 for a local time that says nothing
 */
export async function explainStart(db: Db, books: Books, actor: Person, question: Question): Promise<Explanation> {
  const { pet: petId } = question
  const [{ service, startsAt, diary: read, holds }, pet] = await Promise.all([
    books.read((timetable, page) => readAbout(page, timetable, actor, question)),
    petOf(db, actor, petId),
  ])
  const diary = diaryFor(read, service, pet)
  const candidates = toldReasons(diary, holds, { startsAt, petId })
  const [nearest] = candidates.toSorted((a, b) => a.reasons.length - b.reasons.length)
  const reasons = nearest?.reasons ?? [diary.nobody ?? 'not-offered']
  return { service: service.slug, isBookable: reasons.length === 0, reasons, candidates }
}

async function readAbout(taken: Taken, timetable: Timetable, actor: Person, question: Question) {
  const { provider: providerId } = question
  const asked = askedOf(timetable, actor, question)
  const { service } = asked
  const provider = providerId === undefined ? undefined : timetable.providers.get(providerId)
  const locationId = question.location ?? (provider?.rosters.length === 1 ? provider.rosters[0]?.locationId : undefined)
  const startsAt = askedTime(question.startsAt, locationId && timetable.places.get(locationId)?.timeZone)
  const span = reservedSpan(serviceForAny(service), startsAt)
  const diary = await readDiary(taken, timetable, { ...asked, locationId }, span)
  const near = around(span, timetable.longestWayMinutes)
  const holds = await taken.holds('standing', [...diary.busy.keys()], near, actor.accountId)
  return { service, startsAt, diary, holds }
}
