import type { WorkingHours } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { type ShiftMinutes, toShift } from '../shift-minutes.ts'

/**
 * The weeks of a provider in force today or later, by location and first day, from the one after `after` on. A week
 * without hours has no rows: it begins where the one before it ends and none follows.
 * @param after location id and first day
 * @param limit null for all
 */
export async function listWorkingHours(
  db: Queryable,
  providerId: string,
  locationId: string | null,
  after: readonly string[] | null,
  limit: number | null,
): Promise<WorkingHours[]> {
  const [afterLocation = null, afterDay = null] = after ?? []
  const rows = await db.rows<{ locationId: string; effectiveFrom: string; shifts: ShiftMinutes[] }>(sql`
    with hours as (
      select * from working_hours
       where provider_id = ${providerId} and (${locationId}::uuid is null or location_id = ${locationId})
    ), starts as (
      select location_id, lower(effective) as since from hours
       union
      select location_id, upper(effective) from hours where not upper_inf(effective)
    ), weeks as (
      select location_id, since, lead(since) over (partition by location_id order by since) as until from starts
    )
    select w.location_id as "locationId", w.since as "effectiveFrom",
           (select coalesce(json_agg(json_build_object(
                     'weekday', h.weekday, 'fromMinute', h.from_minute, 'toMinute', h.to_minute)
                     order by h.weekday, h.from_minute, h.to_minute), '[]')
              from hours h where h.location_id = w.location_id and lower(h.effective) = w.since) as shifts
      from weeks w join locations l on l.id = w.location_id
     where (w.until is null or w.until > (clock_now() at time zone l.time_zone)::date)
       and (${afterLocation}::uuid is null
            or (w.location_id, w.since::text collate "C") > (${afterLocation}::uuid, ${afterDay}::text))
     order by w.location_id, w.since
     limit ${limit}`)
  return rows.map(({ shifts, ...week }) => ({ providerId, ...week, weekly: shifts.map(toShift) }))
}

/** Ends every week of a provider at a location on a date; what was to begin from then on is gone. */
export async function endWorkingHours(tx: Tx, providerId: string, locationId: string, on: string): Promise<void> {
  await Promise.all([
    tx.rows(sql`
      delete from working_hours
       where provider_id = ${providerId} and location_id = ${locationId} and lower(effective) >= ${on}::date`),
    tx.rows(sql`
      update working_hours set effective = daterange(lower(effective), ${on}::date)
       where provider_id = ${providerId} and location_id = ${locationId}
         and effective && daterange(${on}::date, null)`),
  ])
}

/** Adds a week of hours that holds from a date on. */
export async function insertWorkingHours(
  tx: Tx,
  week: { providerId: string; locationId: string; from: string; shifts: readonly ShiftMinutes[] },
): Promise<void> {
  await tx.rows(sql`
    insert into working_hours (provider_id, location_id, weekday, from_minute, to_minute, effective)
    select ${week.providerId}, ${week.locationId}, weekday, from_minute, to_minute, daterange(${week.from}::date, null)
      from unnest(${week.shifts.map(({ weekday }) => weekday)}::smallint[],
                  ${week.shifts.map(({ fromMinute }) => fromMinute)}::integer[],
                  ${week.shifts.map(({ toMinute }) => toMinute)}::integer[]) as shift (weekday, from_minute, to_minute)`)
}
