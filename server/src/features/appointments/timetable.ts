import type { Queryable } from '../../platform/database/database.ts'
import type { Diary, Place, Roster, Terms } from './diary.ts'

export interface Service extends Terms {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: 'veterinary' | 'grooming'
  readonly cancellationHours: number
  readonly requiresApproval: boolean
  /** For pets that take another time than others; no two for one weight of a species. */
  readonly durations: readonly SizedDuration[]
}

export interface SizedDuration {
  readonly species: string
  readonly fromGrams: number | null
  readonly belowGrams: number | null
  readonly durationMinutes: number
}

export interface NamedPlace extends Place {
  readonly name: string
}

export interface Provider {
  readonly id: string
  readonly accountId: string
  readonly name: string
  /** What they perform, and for which species; null for every one. */
  readonly performs: readonly { readonly serviceId: string; readonly species: readonly string[] | null }[]
  readonly rosters: readonly Roster[]
}

/** Everything the company decides about open times, as of one version. What appointments take of it is not in it. */
export interface Timetable {
  readonly version: number
  /** The longest that a way between two places takes; 0 where nobody takes time to travel. */
  readonly longestWayMinutes: number
  /** By slug and by id. */
  readonly services: ReadonlyMap<string, Service>
  readonly places: ReadonlyMap<string, NamedPlace>
  readonly providers: ReadonlyMap<string, Provider>
  /** Who performs a service, and where, by the service's id and then the provider's; nobody is in it who is nowhere. */
  readonly teams: ReadonlyMap<string, ReadonlyMap<string, readonly Roster[]>>
  /** Where an account works, by its id. */
  readonly workplaces: ReadonlyMap<string, ReadonlySet<string>>
}

export interface Timetables {
  /** The timetable of this very moment: the version is asked of the database every time, the rest only when it changed. */
  current(db: Queryable): Promise<Timetable>
  /** The latest one that was read; undefined before the first. */
  latest(): Timetable | undefined
  /** One of a version that is known to be there, or of a later one. */
  atLeast(db: Queryable, version: number): Promise<Timetable>
}

/** A service by its slug, or its id in either case. */
export function findService({ services }: Timetable, slugOrId: string): Service | undefined {
  return services.get(slugOrId) ?? services.get(slugOrId.toLowerCase())
}

export function hasResource({ places }: Timetable, resourceId: string): boolean {
  return [...places.values()].some(({ resources }) => resources.some(({ id }) => id === resourceId))
}

/**
 * Who performs a service, and where, narrowed to one location, one provider or some resources when named. A place without the
 * rooms it needs does not offer it.
 */
export function teamOf(
  timetable: Timetable,
  service: Service,
  asked: {
    locationId?: string | undefined
    providerId?: string | undefined
    resourceIds?: readonly string[] | undefined
  },
) {
  const team = timetable.teams.get(service.id) ?? nobodyAtAll
  const skilled = asked.providerId === undefined ? [...team.values()].flat() : (team.get(asked.providerId) ?? [])
  const asking = skilled.filter(({ locationId }) => (asked.locationId ?? locationId) === locationId)
  const workplaces = [...new Set(asking.map(({ locationId }) => locationId))]
  const around = workplaces.flatMap((id) => timetable.places.get(id) ?? [])
  const { terms, places: named } = naming(asked.resourceIds ?? [], service, around)
  const places = named.filter((place) => hasRoomsFor(terms, place))
  const rosters = asking.filter(({ locationId }) => places.some((place) => place.locationId === locationId))
  const nobody = team.size > 0 && skilled.length === 0 ? 'skill' : 'not-offered'
  return { terms, rosters, places, nobody } satisfies Pick<Diary, 'terms' | 'rosters' | 'places' | 'nobody'>
}

const nobodyAtAll: ReadonlyMap<string, readonly Roster[]> = new Map()

/** A resource that is named is a kind of its own, which takes the place of its kind in what the service needs. */
function naming(resourceIds: readonly string[], service: Service, places: readonly NamedPlace[]) {
  const kindOf = new Map(places.flatMap(({ resources }) => resources.map(({ id, kind }) => [id, kind] as const)))
  const resourceKinds = [...service.resourceKinds]
  for (const id of resourceIds) {
    const index = resourceKinds.indexOf(kindOf.get(id) ?? '')
    // Nowhere here, or not needed.
    if (index < 0) return { terms: service, places: [] }
    resourceKinds[index] = id
  }
  if (resourceIds.length === 0) return { terms: service, places }
  const named = new Set(resourceIds)
  return {
    terms: { ...service, resourceKinds },
    places: places.map((place) => ({
      ...place,
      resources: place.resources.map(({ id, kind }) => ({ id, kind: named.has(id) ? id : kind })),
    })),
  }
}

function hasRoomsFor({ resourceKinds }: Service, { resources }: Place): boolean {
  const countOf = (kinds: readonly string[], wanted: string) => kinds.filter((kind) => kind === wanted).length
  const present = resources.map(({ kind }) => kind)
  return resourceKinds.every((kind) => countOf(present, kind) >= countOf(resourceKinds, kind))
}
