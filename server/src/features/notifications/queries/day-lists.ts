import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { DayListVisit } from '../day-list-letter.ts'

export interface DueDayList {
  readonly locationId: string
  /** On the location's calendar. */
  readonly day: string
}

/**
 * The lists that are due: of each location where it is morning, by its own clock, one a day. From 6:00 on; after an outage that
 * lasted until noon nobody needs it.
 */
export function takeDueDayLists(tx: Tx): Promise<DueDayList[]> {
  return tx.rows({
    name: 'take-due-day-lists',
    text: `insert into day_lists (location_id, day)
           select id, (clock_now() at time zone time_zone)::date from locations
            where (clock_now() at time zone time_zone)::time between '6:00' and '12:00'
           on conflict do nothing
           returning location_id as "locationId", day::text as day`,
    values: [],
  })
}

/** Whom a day at a location concerns: who has visits there, and the front desk when there are any. */
export function listDayListReaders(
  tx: Tx,
  { locationId, day }: DueDayList,
): Promise<{ accountId: string; isOwn: boolean }[]> {
  return tx.rows({
    name: 'list-day-list-readers',
    text: `with visits as (${ofTheDay('a.provider_id')})
           select distinct v.account_id as "accountId", true as "isOwn" from providers v where v.id in (select provider_id from visits)
            union all
           select id, false from accounts
            where roles @> '{receptionist}' and disabled_at is null and exists (select from visits)`,
    values: [locationId, day],
  })
}

/** A location's name and zone, and the visits of the day in their order: an account's own as a provider, or all of them. */
export async function findDay(
  db: Queryable,
  { locationId, day }: DueDayList,
  accountId: string | null,
): Promise<{ name: string; timeZone: string; visits: DayListVisit[] } | undefined> {
  return db.row({
    name: 'find-day',
    text: `select l.name, l.time_zone as "timeZone",
                  coalesce((select json_agg(v order by v."startsAt", v.pet) from (${ofTheDay(`
                    to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startsAt",
                    to_char(a.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "endsAt",
                    p.name as pet, s.name as service, staff.name as provider,
                    (select o.name from ownerships w join accounts o on o.id = w.owner_id
                      where w.pet_id = p.id and w.until is null and o.erased_at is null
                      order by 'manage' = any (w.rights) desc, w.since, w.owner_id limit 1) as owner`)}
                    and ($3::uuid is null or v.account_id = $3)) v), '[]') as visits
             from locations l where l.id = $1`,
    values: [locationId, day, accountId],
  })
}

/** Days of long ago. */
export async function sweepDayLists(db: Queryable): Promise<void> {
  await db.rows({ text: `delete from day_lists where day < clock_now()::date - 30`, values: [] })
}

/** The visits of the day `$2` at the location `$1` that take place, as far as is known; the day is as long as its clock makes it. */
function ofTheDay(columns: string): string {
  return `
    select ${columns}
      from appointments a
      join locations at on at.id = a.location_id
      join providers v on v.id = a.provider_id
      join accounts staff on staff.id = v.account_id
      join services s on s.id = a.service_id
      join pets p on p.id = a.pet_id
     where a.location_id = $1 and a.status in ('booked', 'confirmed', 'checked-in', 'in-service')
       and a.starts_at >= $2::date::timestamp at time zone at.time_zone
       and a.starts_at < ($2::date + 1)::timestamp at time zone at.time_zone`
}
