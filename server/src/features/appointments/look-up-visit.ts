import type { Booking } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { shareSchedule } from '../catalogue/lookup.ts'
import { findRelation, type Relation, viewOf } from '../pets/lookup.ts'
import { askedTime } from './asked-time.ts'
import type { Diary, Roster } from './diary.ts'
import { PetDeceased, unknownReference } from './errors.ts'
import { diaryFor, serviceFor, serviceForAny } from './for-pet.ts'
import type { Books } from './open-books.ts'
import { mayBook } from './policy.ts'
import { readDiary } from './read-diary.ts'
import { reservedSpan } from './reserved-span.ts'
import type { Taken } from './taken.ts'
import { findService, hasResource, type Service, type Timetable } from './timetable.ts'

/** A time that is asked for, for a pet that may be left open. */
export type AskedVisit = Pick<Booking, 'service' | 'startsAt' | 'locationId' | 'providerId' | 'resourceIds'> & {
  readonly petId?: string
}

export interface FoundVisit {
  readonly timetable: Timetable
  /** As it is for the pet. */
  readonly service: Service
  /** In epoch milliseconds. */
  readonly startsAt: number
  /** With those of the team whom the actor may have the pet seen by. */
  readonly diary: Diary
  /** The same once more, with the visits of the pet in it, which the constraint keeps apart as well. */
  readonly withPet: () => Promise<Diary>
}

/**
 * What is asked for, and all that decides about it, as the books have it.
 * @throws NotFound for a pet out of reach, Forbidden without the right to book it, AppError 422 for what does not exist
 */
export async function lookUpVisit(tx: Tx, books: Books, actor: Person, asked: AskedVisit): Promise<FoundVisit> {
  const { petId } = asked
  // Whoever was overtaken by a change of the schedule lets none come in between again.
  if (tx.attempt > 1) await shareSchedule(tx)
  const look = async (isWithPet: boolean): Promise<FoundVisit> => {
    const [relation, found] = await Promise.all([
      petId === undefined ? null : findRelation(books.line, actor, petId),
      books.read((timetable, page) => lookUp(isWithPet ? page : without(petId, page), timetable, actor, asked)),
    ])
    const withPet = async () => (await look(true)).diary
    if (petId === undefined) return { ...found, withPet }
    if (!relation || viewOf(actor, relation) === null) throw new NotFound()
    const rosters = rostersToBook(found.timetable, actor, relation, found.diary.rosters)
    if (relation.hasDied) throw new PetDeceased()
    const diary = diaryFor({ ...found.diary, rosters }, found.service, relation)
    return { ...found, service: serviceFor(found.service, relation), diary, withPet }
  }
  return look(false)
}

/** Nothing is read of the pet's own visits: most pets have none near, and each has its own. */
function without(petId: string | undefined, taken: Taken): Taken {
  const others = (ids: readonly string[]) => ids.filter((id) => id !== petId)
  return { ...taken, busy: (subjectIds, span) => taken.busy(others(subjectIds), span) }
}

async function lookUp(taken: Taken, timetable: Timetable, { accountId }: Person, asked: AskedVisit) {
  const { petId, providerId, resourceIds } = asked
  const service = serviceNamed(timetable, asked.service)
  const locationId = locationOf(timetable, asked)
  const startsAt = askedTime(asked.startsAt, locationId && timetable.places.get(locationId)?.timeZone)
  requireResources(timetable, resourceIds)
  const among = { service, locationId, providerId, resourceIds, petId, heldBy: accountId }
  const span = reservedSpan(serviceForAny(service), startsAt)
  return { timetable, service, startsAt, diary: await readDiary(taken, timetable, among, span) }
}

/** @throws Invalid 422 when there is no such service */
export function serviceNamed(timetable: Timetable, slugOrId: string): Service {
  const service = findService(timetable, slugOrId)
  if (!service) throw unknownReference('/body/service')
  return service
}

/** @throws Invalid 422 for a resource that is nowhere */
export function requireResources(timetable: Timetable, resourceIds: readonly string[] = []): void {
  const stray = resourceIds.findIndex((id) => !hasResource(timetable, id))
  if (stray >= 0) throw unknownReference(`/body/resourceIds/${stray}`)
}

/** The location that is named, or the only one of a named provider. */
function locationOf(timetable: Timetable, { locationId, providerId }: AskedVisit): string | undefined {
  if (locationId !== undefined && !timetable.places.has(locationId)) throw unknownReference('/body/locationId')
  const provider = providerId === undefined ? undefined : timetable.providers.get(providerId)
  if (providerId !== undefined && !provider) throw unknownReference('/body/providerId')
  return locationId ?? (provider?.rosters.length === 1 ? provider.rosters[0]?.locationId : undefined)
}

/** Those of the team that the actor may book the pet in with. @throws Forbidden when the team has somebody, but nobody for the actor */
function rostersToBook(
  timetable: Timetable,
  actor: Person,
  { rights }: Relation,
  rosters: readonly Roster[],
): readonly Roster[] {
  const workplaces = timetable.workplaces.get(actor.accountId)
  const bookable = rosters.filter(({ locationId }) =>
    mayBook(actor, { rights, isAtLocation: workplaces?.has(locationId) ?? false }),
  )
  if (rosters.length > 0 && bookable.length === 0) throw new Forbidden('You may see this pet, but not book for it.')
  return bookable
}
