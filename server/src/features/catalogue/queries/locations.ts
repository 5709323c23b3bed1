import type { Location, LocationInput, Resource, ResourceInput } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { ownSchedule } from './schedule-lock.ts'

const locationColumns = sql`
  l.id, l.name, l.time_zone as "timeZone", l.address, l.vaccination_policy as "vaccinationPolicy",
  l.required_vaccines as "requiredVaccines", l.travel_minutes as "travelMinutes"`

const resourceColumns = sql`id, location_id as "locationId", name, kind`

/** Locations by name, from the one after `after` on. */
export function listLocations(db: Queryable, after: string | null, limit: number): Promise<Location[]> {
  return db.rows(sql`
    select ${locationColumns}
      from locations l
     where ${after}::uuid is null or (l.name, l.id) > (select name, id from locations where id = ${after})
     order by l.name, l.id
     limit ${limit}`)
}

export function findLocation(db: Queryable, locationId: string): Promise<Location | undefined> {
  return db.row(sql`select ${locationColumns} from locations l where l.id = ${locationId}`)
}

export async function insertLocation(tx: Tx, location: Required<LocationInput>): Promise<Location> {
  const { name, timeZone, address, vaccinationPolicy, requiredVaccines, travelMinutes } = location
  const row = await tx.row<Location>(sql`
    insert into locations as l (name, time_zone, address, vaccination_policy, required_vaccines, travel_minutes)
    values (${name}, ${timeZone}, ${address}, ${vaccinationPolicy}, ${requiredVaccines}, ${travelMinutes})
    returning ${locationColumns}`)
  return row as Location
}

/** A location, with the schedule locked against bookings and other changes of when and where. */
export async function lockLocation(tx: Tx, locationId: string): Promise<Location | undefined> {
  const [, location] = await Promise.all([ownSchedule(tx), findLocation(tx, locationId)])
  return location
}

export async function updateLocation(tx: Tx, locationId: string, location: Required<LocationInput>): Promise<Location> {
  const { name, timeZone, address, vaccinationPolicy, requiredVaccines, travelMinutes } = location
  const row = await tx.row<Location>(sql`
    update locations l
       set name = ${name}, time_zone = ${timeZone}, address = ${address}, vaccination_policy = ${vaccinationPolicy},
           required_vaccines = ${requiredVaccines}, travel_minutes = ${travelMinutes}
     where l.id = ${locationId}
    returning ${locationColumns}`)
  return row as Location
}

/** Adds a resource; undefined when there is no such location. */
export function insertResource(
  tx: Tx,
  locationId: string,
  { name, kind }: ResourceInput,
): Promise<Resource | undefined> {
  return tx.row(sql`
    insert into resources (location_id, name, kind)
    select id, ${name}, ${kind} from locations where id = ${locationId}
    returning ${resourceColumns}`)
}

/** The resources of a location by kind and name, from the one after `after` on. */
export function listResources(
  db: Queryable,
  locationId: string,
  after: string | null,
  limit: number,
): Promise<Resource[]> {
  return db.rows(sql`
    select ${resourceColumns}
      from resources
     where location_id = ${locationId}
       and (${after}::uuid is null or (kind, name) > (select kind, name from resources where id = ${after}))
     order by kind, name
     limit ${limit}`)
}

export function findResource(db: Queryable, locationId: string, resourceId: string): Promise<Resource | undefined> {
  return db.row(sql`
    select ${resourceColumns} from resources where location_id = ${locationId} and id = ${resourceId}`)
}

/** Those of the ids that are locations. */
export async function knownLocationIds(tx: Tx, locationIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select id from locations where id = any(${locationIds}::uuid[])`)
  return rows.map(({ id }) => id)
}
