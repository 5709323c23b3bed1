import type { Availability } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/database.ts'
import { AppError, NotFound } from '../../platform/errors.ts'
import { findRelation, viewOf } from '../pets/lookup.ts'
import { instantText } from './asked-time.ts'
import { unknownReference } from './errors.ts'
import { midnightOf } from './local-time.ts'
import { openings } from './openings.ts'
import { readDiary } from './read-diary.ts'
import { findService, type Timetables } from './timetable.ts'

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
  const { date, days = 1, location: locationId, provider: providerId, pet: petId } = search
  const [timetable] = await Promise.all([
    timetables.current(db),
    petId === undefined ? null : requirePet(db, actor, petId),
  ])
  const service = findService(timetable, search.service)
  if (!service) throw unknownReference('/query/service')
  if (locationId !== undefined && !timetable.places.has(locationId)) throw unknownReference('/query/location')
  if (providerId !== undefined && !timetable.providers.has(providerId)) throw unknownReference('/query/provider')
  const diary = await readDiary(db, timetable, {
    service,
    midnight: midnightOf(date),
    days,
    locationId,
    providerId,
    petId,
  })
  const slots = openings(diary, { date, days, petId }).map((opening) => ({
    startsAt: instantText(opening.startsAt),
    endsAt: instantText(opening.endsAt),
    locationId: opening.locationId,
    providerIds: opening.providerIds,
    localStart: opening.localStart,
  }))
  return { service: service.slug, date, days, slots }
}

async function requirePet(db: Db, actor: Actor, petId: string): Promise<void> {
  if (actor.accountId === null) throw new AppError('auth.required', 'Sign in to search for a pet.')
  const relation = await findRelation(db, actor, petId)
  if (!relation || viewOf(actor, relation) === null) throw new NotFound()
}
