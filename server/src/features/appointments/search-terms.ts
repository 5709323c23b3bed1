import type { Slot } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { AppError, NotFound } from '../../platform/errors.ts'
import { type Build, findRelation, viewOf } from '../pets/lookup.ts'
import { instantText } from './asked-time.ts'
import { PetDeceased, unknownReference } from './errors.ts'
import type { Opening } from './openings.ts'
import type { Asked } from './read-diary.ts'
import { findService, hasResource, type Timetable } from './timetable.ts'
import type { StartFilter } from './wanted-starts.ts'

/** What every search may say: of what, where, with whom, for which pet, and at what times. */
export interface SearchTerms extends StartFilter {
  readonly service: string
  readonly location?: string
  readonly provider?: string
  readonly resource?: string
  readonly pet?: string
}

/**
 * What is to be read for a search; the caller's own holds count as free.
 * @throws Invalid 422 for an unknown service, location, provider or resource
 */
export function askedOf(timetable: Timetable, { accountId }: Actor, search: SearchTerms): Asked {
  const { location: locationId, provider: providerId, resource, pet: petId } = search
  const service = findService(timetable, search.service)
  if (!service) throw unknownReference('/query/service')
  if (locationId !== undefined && !timetable.places.has(locationId)) throw unknownReference('/query/location')
  if (providerId !== undefined && !timetable.providers.has(providerId)) throw unknownReference('/query/provider')
  if (resource !== undefined && !hasResource(timetable, resource)) throw unknownReference('/query/resource')
  const resourceIds = resource === undefined ? [] : [resource]
  return { service, locationId, providerId, resourceIds, petId, heldBy: accountId }
}

/**
 * The pet that a search is for, if any.
 * @throws AppError 401 or NotFound for a pet that is not the caller's to see, PetDeceased for one that has died
 */
export async function petOf(db: Queryable, actor: Actor, petId: string | undefined): Promise<Build | undefined> {
  if (petId === undefined) return undefined
  if (actor.accountId === null) throw new AppError('auth.required', 'Sign in to search for a pet.')
  const relation = await findRelation(db, actor, petId)
  if (!relation || viewOf(actor, relation) === null) throw new NotFound()
  if (relation.hasDied) throw new PetDeceased()
  return relation
}

/** An opening as it is shown. */
export function toSlot({ startsAt, endsAt, locationId, providerIds, localStart }: Opening): Slot {
  return { startsAt: instantText(startsAt), endsAt: instantText(endsAt), locationId, providerIds, localStart }
}
