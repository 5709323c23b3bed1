import type { Appointment, AppointmentStatus } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Actor } from '../../../platform/actor.ts'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { Relation } from '../policy.ts'

/** An appointment as it is stored, with the names it is shown under. */
export interface AppointmentRow {
  readonly id: string
  readonly petId: string
  readonly serviceId: string
  readonly serviceSlug: string
  readonly serviceName: string
  readonly providerId: string
  readonly providerName: string
  readonly locationId: string
  readonly locationName: string
  readonly timeZone: string
  readonly startsAt: string
  readonly endsAt: string
  readonly localStart: string
  readonly resourceIds: readonly string[]
  readonly status: AppointmentStatus
  readonly notes: string | null
  readonly overridden: boolean
  readonly lateCancellation: boolean
  readonly sequence: number
  readonly createdAt: string
  readonly updatedAt: string
}

const columns = `
  v.id, v.pet_id as "petId", v.service_id as "serviceId", s.slug as "serviceSlug", s.name as "serviceName",
  v.provider_id as "providerId", pa.name as "providerName", v.location_id as "locationId", l.name as "locationName",
  v.time_zone as "timeZone", v.starts_at as "startsAt", v.ends_at as "endsAt", v.local_start as "localStart", v.status, v.resource_ids as "resourceIds",
  v.notes, v.override_reason is not null as overridden, v.late_cancellation as "lateCancellation", v.sequence, v.created_at as "createdAt", v.updated_at as "updatedAt"`

const joined = `
  appointments v
  join services s on s.id = v.service_id
  join locations l on l.id = v.location_id
  join providers p on p.id = v.provider_id
  join accounts pa on pa.id = p.account_id`

/** How the actor $2 stands to appointment v. */
const relation = `
  (select o.rights from ownerships o where o.pet_id = v.pet_id and o.owner_id = $2 and o.until is null) as rights,
  p.account_id = $2 as "isProvider", v.booked_by_vet and v.booked_by = $2 as "bookedItAsVet",
  exists (select from providers mine join provider_locations at on at.provider_id = mine.id
           where mine.account_id = $2 and at.location_id = v.location_id) as "isAtLocation"`

/** An appointment and how the actor stands to it. */
export function findAppointment(
  db: Queryable,
  actor: Actor,
  id: string,
): Promise<(AppointmentRow & Relation) | undefined> {
  return db.row({
    name: 'find-appointment',
    text: `select ${columns}, ${relation} from ${joined} where v.id = $1`,
    values: [id, actor.accountId],
  })
}

/**
 * The same, locked for a change. Locked first and read then: one statement that waits for the lock joins what it finds with the
 * provider of before, and sees nothing at all where a move has changed them.
 */
export async function lockAppointment(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<(AppointmentRow & Relation) | undefined> {
  const lock = 'select from appointments where id = $1 for no key update'
  const [, found] = await Promise.all([
    tx.rows({ name: 'lock-appointment', text: lock, values: [id] }),
    findAppointment(tx, actor, id),
  ])
  return found
}

export interface ListFilter {
  readonly from: string | null
  readonly to: string | null
  readonly status: string | null
  readonly pet: string | null
  readonly provider: string | null
  readonly location: string | null
  readonly after: string[] | null
  readonly limit: number
}

/** Appointments in the actor's reach, earliest first. `everything` is the reach of front desk and admin. */
export function listAppointments(
  db: Queryable,
  actor: Actor,
  reach: { everything: boolean; asProvider: boolean; atOwnLocations: boolean },
  filter: ListFilter,
): Promise<AppointmentRow[]> {
  const [startsAt = null, id = null] = filter.after ?? []
  return db.rows({
    text: `select ${columns} from ${joined}
            where ($1 or v.pet_id in (select pet_id from ownerships where owner_id = $2 and until is null)
                      or $3 and p.account_id = $2
                      or $4 and v.location_id in (select at.location_id from providers mine
                           join provider_locations at on at.provider_id = mine.id where mine.account_id = $2))
              and ($5::timestamptz is null or v.starts_at >= $5) and ($6::timestamptz is null or v.starts_at < $6)
              and ($7::text is null or v.status = $7) and ($8::uuid is null or v.pet_id = $8)
              and ($9::uuid is null or v.provider_id = $9) and ($10::uuid is null or v.location_id = $10)
              and ($11::timestamptz is null or (v.starts_at, v.id) > ($11, $12::uuid))
            order by v.starts_at, v.id
            limit $13`,
    values: [
      reach.everything,
      actor.accountId,
      reach.asProvider,
      reach.atOwnLocations,
      filter.from,
      filter.to,
      filter.status,
      filter.pet,
      filter.provider,
      filter.location,
      startsAt,
      id,
      filter.limit,
    ],
  })
}

/** Every visit of the pets that somebody owns, earliest first. */
export async function exportVisits(db: Queryable, ownerId: string): Promise<Appointment[]> {
  const rows = await db.rows<AppointmentRow>({
    text: `select ${columns} from ${joined}
            where v.pet_id in (select pet_id from ownerships where owner_id = $1 and until is null)
            order by v.starts_at, v.id`,
    values: [ownerId],
  })
  return rows.map(toAppointment)
}

/** Why rules were set aside for a visit; null where none was. */
export async function findOverrideReason(db: Queryable, id: string): Promise<string | null> {
  const row = await db.row<{ reason: string | null }>(
    sql`select override_reason as reason from appointments where id = ${id}`,
  )
  return row?.reason ?? null
}

/** Whether the appointment's start lies ahead, by the database's clock. */
export async function isAhead(db: Queryable, id: string): Promise<boolean> {
  const row = await db.row<{ ahead: boolean }>(
    sql`select starts_at > clock_now() as ahead from appointments where id = ${id}`,
  )
  return row?.ahead === true
}

export function toAppointment(row: AppointmentRow): Appointment {
  return {
    id: row.id,
    petId: row.petId,
    service: { id: row.serviceId, slug: row.serviceSlug, name: row.serviceName },
    provider: { id: row.providerId, name: row.providerName },
    location: { id: row.locationId, name: row.locationName, timeZone: row.timeZone },
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    localStart: row.localStart,
    resourceIds: [...row.resourceIds],
    status: row.status,
    notes: row.notes,
    overridden: row.overridden,
    lateCancellation: row.lateCancellation,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}
