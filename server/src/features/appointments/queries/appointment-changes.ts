import type { AppointmentStatus } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Tx } from '../../../platform/database/database.ts'
import { unnested } from '../../../platform/database/set-based.ts'
import { type Claim, claimColumns, claimed, claimValues } from './reservations.ts'

export interface NewAppointment {
  readonly id: string
  readonly petId: string
  readonly serviceId: string
  readonly providerId: string
  readonly locationId: string
  readonly resourceIds: readonly string[]
  readonly startsAt: string
  readonly endsAt: string
  readonly localStart: string
  readonly timeZone: string
  readonly status: 'requested' | 'booked'
  readonly notes: string | null
  readonly overrideReason: string | null
  readonly bookedBy: string
  readonly bookedByVet: boolean
}

const storedColumns = {
  id: 'uuid',
  pet_id: 'uuid',
  service_id: 'uuid',
  provider_id: 'uuid',
  location_id: 'uuid',
  starts_at: 'timestamptz',
  ends_at: 'timestamptz',
  local_start: 'timestamp',
  time_zone: 'text',
  status: 'text',
  notes: 'text',
  booked_by: 'uuid',
  booked_by_vet: 'boolean',
  override_reason: 'text',
}

const insertBooked = `with asked as (
    select * from ${unnested('asked', { asker: 'int', ...storedColumns, resource_ids: 'text', version: 'bigint' })}),
  reserved as (
    insert into reservations (appointment_id, ${claimColumns})
    select holder_id, ${claimColumns} from ${claimed(18)})
  insert into appointments (${Object.keys(storedColumns)}, resource_ids)
  select ${Object.keys(storedColumns).map((column) => `asked.${column}`)}, resource_ids::uuid[]
    from asked join pets p on p.id = pet_id and p.archived_at is null and p.deceased_on is null
   where version = (select version from timetable_version) for share of p
  returning (select asker from asked where asked.id = appointments.id) as asker, created_at as "createdAt"`

/**
 * Adds an appointment with all that it reserves, in one statement; neither, where its pet has been archived or has died meanwhile or
 * the timetable is not the one it was judged by: its reservations have nothing to hang on then. The share lock waits for such a
 * change of the pet under way, and keeps one that comes later waiting until it sees this visit.
 * @returns the instant it was made at
 * @throws a database error that names `reservations_appointment_id_fkey`, or `subject_is_free`
 */
export async function insertAppointment(
  tx: Tx,
  a: NewAppointment,
  claims: readonly Claim[],
  version: number,
): Promise<string> {
  const row = await tx.row<{ createdAt: string }>({
    name: 'insert-appointment',
    text: insertBooked,
    values: [
      [a.id],
      [a.petId],
      [a.serviceId],
      [a.providerId],
      [a.locationId],
      [a.startsAt],
      [a.endsAt],
      [a.localStart],
      [a.timeZone],
      [a.status],
      [a.notes],
      [a.bookedBy],
      [a.bookedByVet],
      [a.overrideReason],
      [`{${a.resourceIds}}`],
      [version],
      ...claimValues(a.id, claims),
    ],
    isSetBased: true,
  })
  return row?.createdAt ?? ''
}

/** Puts an appointment at another time or with another provider; its calendar entry gets the next sequence number. */
export async function moveAppointment(
  tx: Tx,
  id: string,
  to: {
    providerId: string
    resourceIds: readonly string[]
    startsAt: string
    endsAt: string
    localStart: string
    timeZone: string
    notes: string | null
    /** Absent, it stays as it is. */
    overrideReason?: string | null
  },
): Promise<void> {
  await tx.rows(sql`
    update appointments
       set provider_id = ${to.providerId}, resource_ids = ${to.resourceIds}, starts_at = ${to.startsAt}, ends_at = ${to.endsAt}, local_start = ${to.localStart},
           time_zone = ${to.timeZone}, notes = ${to.notes}, 
           override_reason = case when ${to.overrideReason !== undefined} then ${to.overrideReason ?? null} else override_reason end,
           sequence = sequence + 1, updated_at = clock_now()
     where id = ${id}`)
}

export async function updateNotes(tx: Tx, id: string, notes: string | null): Promise<void> {
  await tx.rows(sql`update appointments set notes = ${notes}, updated_at = clock_now() where id = ${id}`)
}

/** A no-show remembers what it was before, and since when it is one. */
export async function setStatus(tx: Tx, id: string, status: AppointmentStatus): Promise<void> {
  await tx.rows(sql`
    update appointments
       set status = ${status}, updated_at = clock_now(),
           no_show_from = case when ${status} = 'no-show' then status end,
           no_show_at = case when ${status} = 'no-show' then clock_now() end
     where id = ${id}`)
}

/** @returns whether the visit was a no-show of the last two hours */
export async function unsetNoShow(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.row(sql`
    update appointments set status = no_show_from, no_show_from = null, no_show_at = null, updated_at = clock_now()
     where id = ${id} and status = 'no-show' and no_show_at >= clock_now() - interval '2 hours'
    returning id`)
  return row !== undefined
}

/** Its owner hears of it, so its calendar entry gets the next sequence number. */
export async function setDecided(
  tx: Tx,
  id: string,
  status: 'booked' | 'declined',
): Promise<{ startsAt: string; sequence: number }> {
  const row = await tx.row(sql`
    update appointments set status = ${status}, sequence = sequence + 1, updated_at = clock_now()
     where id = ${id}
    returning starts_at as "startsAt", sequence`)
  return row as { startsAt: string; sequence: number }
}

export interface Cancelled {
  readonly id: string
  readonly petId: string
  readonly startsAt: string
  readonly late: boolean
  readonly sequence: number
}

/**
 * Marks appointments cancelled: late when less than the service's hours were left, exactly then still free (rule 14).
 * @param mayBeLate false where it is the company that cancels
 */
export function setCancelled(tx: Tx, ids: readonly string[], mayBeLate: boolean): Promise<Cancelled[]> {
  return tx.rows(sql`
    update appointments v
       set status = 'cancelled', sequence = sequence + 1, updated_at = clock_now(),
           late_cancellation = ${mayBeLate} and clock_now() > v.starts_at - make_interval(hours => s.cancellation_hours)
      from services s
     where v.id = any(${ids}) and s.id = v.service_id
    returning v.id, v.pet_id as "petId", v.starts_at as "startsAt", late_cancellation as late, sequence`)
}

/** Locks a pet's visits that can be cancelled: one that was missed may be on its way ahead. @returns the ids of those that are ahead */
export async function lockFutureVisits(tx: Tx, petId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string; isAhead: boolean }>(sql`
    select id, starts_at > clock_now() as "isAhead" from appointments
     where pet_id = ${petId} and status in ('requested', 'booked', 'confirmed')
     order by id for no key update`)
  return rows.filter(({ isAhead }) => isAhead).map(({ id }) => id)
}
