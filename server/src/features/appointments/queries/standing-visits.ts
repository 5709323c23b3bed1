import sql from 'sql-template-tag'
import type { Tx } from '../../../platform/database/database.ts'
import type { Span } from '../diary.ts'

/** A visit that has not ended one way or another. */
export interface StandingVisit {
  readonly id: string
  readonly petId: string
  /** Of the pet, today. */
  readonly species: string
  readonly weightGrams: number | null
  readonly serviceId: string
  readonly providerId: string
  readonly locationId: string
  readonly status: string
  readonly startsAt: string
  readonly endsAt: string
  readonly localStart: string
  readonly resourceIds: readonly string[]
  readonly notes: string | null
  readonly sequence: number
}

/** Whose visits are meant, in any combination. */
export interface VisitScope {
  readonly serviceId?: string
  readonly providerId?: string
  readonly locationId?: string | null
}

/**
 * Locks the visits that share time with a span, by default from now on, and have not ended one way or the other, of pets that
 * somebody can come with; the schedule is owned before.
 * @returns them, earliest first
 */
export function lockStandingVisits(tx: Tx, scope: VisitScope, span?: Span): Promise<StandingVisit[]> {
  return lockVisits(tx, scope, span, sql`true`)
}

/** Those of them from now on whose service is not performed by their provider, for such a pet and at their location, any more. */
export function lockUnofferedVisits(tx: Tx, scope: VisitScope): Promise<StandingVisit[]> {
  return lockVisits(
    tx,
    scope,
    undefined,
    sql`not exists (
      select from provider_services o
        join provider_locations l on l.provider_id = o.provider_id
        join providers p on p.id = o.provider_id
        join services s on s.id = o.service_id
       where o.provider_id = v.provider_id and o.service_id = v.service_id and l.location_id = v.location_id
         and p.active and s.active and (o.species is null or pet.species = any(o.species)))`,
  )
}

async function lockVisits(
  tx: Tx,
  { serviceId = undefined, providerId = undefined, locationId = undefined }: VisitScope,
  span: Span | undefined,
  condition: ReturnType<typeof sql>,
): Promise<StandingVisit[]> {
  const [from, to] = span ? [span.from / 1000, span.to / 1000] : [null, null]
  const visits = await tx.rows<StandingVisit>(sql`
    select v.id, v.pet_id as "petId", v.service_id as "serviceId", v.provider_id as "providerId",
           v.location_id as "locationId", v.status, v.starts_at as "startsAt", v.ends_at as "endsAt",
           v.local_start as "localStart", v.resource_ids as "resourceIds", v.notes, v.sequence, pet.species, pet.weight_grams as "weightGrams"
      from appointments v join pets pet on pet.id = v.pet_id
     where (${serviceId}::uuid is null or v.service_id = ${serviceId})
       and (${providerId}::uuid is null or v.provider_id = ${providerId})
       and (${locationId}::uuid is null or v.location_id = ${locationId})
       and v.ends_at > coalesce(to_timestamp(${from}::float8), clock_now())
       and v.starts_at < coalesce(to_timestamp(${to}::float8), 'infinity')
       and v.status in ('requested', 'booked', 'confirmed', 'checked-in', 'in-service')
       and pet.archived_at is null and pet.deceased_on is null
       and ${condition}
     order by v.id for no key update of v`)
  return visits.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
}
