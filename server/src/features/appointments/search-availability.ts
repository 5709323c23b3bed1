import type { Availability } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/database/database.ts'
import type { Diary } from './diary.ts'
import { diaryFor } from './for-pet.ts'
import { type KeptSearch, openKeptSearches, standsUntil } from './kept-searches.ts'
import { midnightOf } from './local-time.ts'
import type { Books, Page } from './open-books.ts'
import { openings } from './openings.ts'
import { readDiaryOf } from './read-diary.ts'
import { askedOf, petOf, type SearchTerms, toSlot } from './search-terms.ts'
import type { Taken } from './taken.ts'
import type { Service, Timetable } from './timetable.ts'
import { wantedStarts } from './wanted-starts.ts'

export interface Search extends SearchTerms {
  readonly date: string
  readonly days?: number
}

/** Finds every start that a booking would accept now; the answer is frozen. */
export type SearchAvailability = (actor: Actor, search: Search) => Promise<Availability>

/**
 * Opens the search, which gives the same answer again while it is the right one: for anybody, where nothing is held and no pet named.
 * It throws what its terms throw: 422 for an unknown reference, 401 or 404 for a pet.
 */
export function openSearch(db: Db, books: Books): SearchAvailability {
  const searches = openKeptSearches()

  return async (actor, search) => {
    if (search.pet !== undefined) return searchForPet(db, books, actor, search)
    const name = JSON.stringify(search)
    return books.read(async (timetable, page) => {
      const known = await searches.find(name, timetable, page)
      if (known) return known
      let busy: Awaited<ReturnType<Page['busy']>> | undefined
      let about: Pick<KeptSearch, 'subjectIds' | 'span'> | undefined
      const noted: Taken = {
        ...page,
        async busy(subjectIds, span) {
          about = { subjectIds, span }
          busy = await page.busy(subjectIds, span)
          return busy
        },
      }
      const { service, diary } = await diaryOf(noted, timetable, actor, search)
      const answer = answerTo(search, service, diary)
      // Where providers are is read beside the books, and not always at their moment.
      if (busy && about && busy.stamp !== null && timetable.longestWayMinutes === 0) {
        const { now: from, stamp } = busy
        searches.keep(name, {
          ...{ timetable, ...about, stamp, answer },
          ...{ from, to: standsUntil(from, answer, diary.terms.leadMinutes) },
        })
      }
      return answer
    })
  }
}

async function searchForPet(db: Db, books: Books, actor: Actor, search: Search): Promise<Availability> {
  const [{ service, diary }, pet] = await Promise.all([
    books.read((timetable, page) => diaryOf(page, timetable, actor, search)),
    petOf(db, actor, search.pet),
  ])
  return answerTo(search, service, diaryFor(diary, service, pet))
}

async function diaryOf(taken: Taken, timetable: Timetable, actor: Actor, search: Search) {
  const { date, days = 1 } = search
  const asked = askedOf(timetable, actor, search)
  return { service: asked.service, diary: await readDiaryOf(taken, timetable, asked, midnightOf(date), days) }
}

function answerTo(search: Search, { slug }: Service, diary: Diary): Availability {
  const { date, days = 1, pet: petId } = search
  const found = openings(diary, { date, days, petId, isWanted: wantedStarts(search) })
  return Object.freeze({ service: slug, date, days, slots: found.map(toSlot) })
}
