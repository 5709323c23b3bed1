import type { Availability, Slot } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/database.ts'
import { AppError, NotFound } from '../../platform/errors.ts'
import { findRelation, viewOf } from '../pets/lookup.ts'
import { instantText } from './asked-time.ts'
import { unknownReference } from './errors.ts'
import { midnightOf } from './local-time.ts'
import { type Opening, openings } from './openings.ts'
import { readDiaryOf } from './read-diary.ts'
import { findService, type Service, type Timetable, type Timetables } from './timetable.ts'

export interface Search {
  readonly service: string
  readonly date: string
  readonly days?: number
  readonly location?: string
  readonly provider?: string
  readonly pet?: string
}

/**
 * Every start that a booking would accept now.
 * @throws Invalid 422 for an unknown service, location or provider; AppError 401 or NotFound for a pet that is not the caller's to see
 */
export async function searchAvailability(
  db: Db,
  timetables: Timetables,
  actor: Actor,
  search: Search,
): Promise<Availability> {
  const { date, days = 1, pet: petId } = search
  const [{ service, slots }] = await Promise.all([
    timetables.readBy(db, (timetable) => freeStarts(db, timetable, actor, search)),
    petId === undefined ? null : requirePet(db, actor, petId),
  ])
  return { service: service.slug, date, days, slots }
}

async function freeStarts(db: Db, timetable: Timetable, { accountId }: Actor, search: Search) {
  const { date, days = 1, location: locationId, provider: providerId, pet: petId } = search
  const service = serviceSought(timetable, search)
  const asked = { service, locationId, providerId, petId, heldBy: accountId }
  const diary = await readDiaryOf(db, timetable, asked, midnightOf(date), days)
  return { service, slots: openings(diary, { date, days, petId }).map(toSlot) }
}

/** @throws Invalid 422 for a service, location or provider that is not there */
export function serviceSought(
  timetable: Timetable,
  { service: slugOrId, location, provider }: Pick<Search, 'service' | 'location' | 'provider'>,
): Service {
  const service = findService(timetable, slugOrId)
  if (!service) throw unknownReference('/query/service')
  if (location !== undefined && !timetable.places.has(location)) throw unknownReference('/query/location')
  if (provider !== undefined && !timetable.providers.has(provider)) throw unknownReference('/query/provider')
  return service
}

function toSlot({ startsAt, endsAt, locationId, providerIds, localStart }: Opening): Slot {
  return { startsAt: instantText(startsAt), endsAt: instantText(endsAt), locationId, providerIds, localStart }
}

/** @throws AppError 401 or NotFound for a pet that is not the caller's to see */
export async function requirePet(db: Db, actor: Actor, petId: string): Promise<void> {
  if (actor.accountId === null) throw new AppError('auth.required', 'Sign in to search for a pet.')
  const relation = await findRelation(db, actor, petId)
  if (!relation || viewOf(actor, relation) === null) throw new NotFound()
}
