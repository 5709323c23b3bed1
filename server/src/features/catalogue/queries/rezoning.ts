import sql, { raw } from 'sql-template-tag'
import type { Tx } from '../../../platform/database/database.ts'
import type { Span } from '../local-span.ts'

type Table = 'closures' | 'schedule_exceptions'

/** By the clock of one location: what is for it, and time off at all of a provider's locations, when they agree with it. */
const saidThere = {
  closures: (locationId: string) => sql`location_id = ${locationId}`,
  schedule_exceptions: (locationId: string) => sql`
    (location_id = ${locationId}
     or (location_id is null
         and provider_id in (select provider_id from provider_locations where location_id = ${locationId})
         and not exists (
           select from provider_locations p join locations l on l.id = p.location_id
            where p.provider_id = e.provider_id
              and l.time_zone <> (select time_zone from locations where id = ${locationId}))))`,
}

/** What was said by the clock of a location, and may not be over by another clock: they lie 26 hours apart at the most. */
export function listToldAt(
  tx: Tx,
  table: Table,
  locationId: string,
): Promise<{ id: string; from: string; to: string }[]> {
  return tx.rows(sql`
    select id, to_char(local_from, 'YYYY-MM-DD"T"HH24:MI:SS') as "from", to_char(local_to, 'YYYY-MM-DD"T"HH24:MI:SS') as "to"
      from ${raw(table)} e
     where ${saidThere[table](locationId)} and upper(during) > clock_now() - interval '26 hours'`)
}

export async function updateSpans(tx: Tx, table: Table, spans: readonly ({ id: string } & Span)[]): Promise<void> {
  await tx.rows(sql`
    update ${raw(table)} e
       set during = tstzrange(to_timestamp("from" / 1000), to_timestamp("to" / 1000))
      from json_to_recordset(${JSON.stringify(spans)}) as given (id uuid, "from" float8, "to" float8)
     where e.id = given.id`)
}
