import type { Availability } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/database.ts'
import { diaryFor } from './for-pet.ts'
import { midnightOf } from './local-time.ts'
import type { Books } from './open-books.ts'
import { openings } from './openings.ts'
import { readDiaryOf } from './read-diary.ts'
import { askedOf, petOf, type SearchTerms, toSlot } from './search-terms.ts'
import type { Taken } from './taken.ts'
import type { Timetable } from './timetable.ts'
import { wantedStarts } from './wanted-starts.ts'

export interface Search extends SearchTerms {
  readonly date: string
  readonly days?: number
}

/**
 * Every start that a booking would accept now.
 * @throws what its terms throw: 422 for an unknown reference, 401 or 404 for a pet
 */
export async function searchAvailability(db: Db, books: Books, actor: Actor, search: Search): Promise<Availability> {
  const { date, days = 1, pet: petId } = search
  const [{ service, diary }, pet] = await Promise.all([
    books.read((timetable, page) => diaryOf(page, timetable, actor, search)),
    petOf(db, actor, petId),
  ])
  const found = openings(diaryFor(diary, service, pet), { date, days, petId, isWanted: wantedStarts(search) })
  return { service: service.slug, date, days, slots: found.map(toSlot) }
}

async function diaryOf(taken: Taken, timetable: Timetable, actor: Actor, search: Search) {
  const { date, days = 1 } = search
  const asked = askedOf(timetable, actor, search)
  return { service: asked.service, diary: await readDiaryOf(taken, timetable, asked, midnightOf(date), days) }
}
