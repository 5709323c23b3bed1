import type { ScheduleChange } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { Span } from '../local-span.ts'

/** A stretch of time, in instants and as somebody said it by the clock. */
interface Told {
  readonly span: Span
  readonly from: string
  readonly to: string
  readonly reason: string | null
}

/** @returns the id of the new time off or extra hours */
export async function insertException(
  tx: Tx,
  kind: 'time-off' | 'extra-hours',
  change: Told & { providerId: string; locationId: string | null },
): Promise<string> {
  const row = await tx.row<{ id: string }>(sql`
    insert into schedule_exceptions (provider_id, location_id, kind, during, local_from, local_to, reason)
    values (${change.providerId}, ${change.locationId}, ${kind}, ${rangeOf(change.span)}, ${change.from}, ${change.to},
            ${change.reason})
    returning id`)
  return (row as { id: string }).id
}

/** @returns the id of the new closure */
export async function insertClosure(tx: Tx, locationId: string, { span, from, to, reason }: Told): Promise<string> {
  const row = await tx.row<{ id: string }>(sql`
    insert into closures (location_id, during, local_from, local_to, reason)
    values (${locationId}, ${rangeOf(span)}, ${from}, ${to}, ${reason})
    returning id`)
  return (row as { id: string }).id
}

export function findException(
  db: Queryable,
  kind: 'time-off' | 'extra-hours',
  providerId: string,
  id: string,
): Promise<ScheduleChange | undefined> {
  return db.row(sql`
    select id, ${localTimes}, location_id as "locationId", reason
      from schedule_exceptions where id = ${id} and provider_id = ${providerId} and kind = ${kind}`)
}

export function findClosure(db: Queryable, locationId: string, id: string): Promise<ScheduleChange | undefined> {
  return db.row(sql`
    select id, ${localTimes}, location_id as "locationId", reason
      from closures where id = ${id} and location_id = ${locationId}`)
}

const localTimes = sql`
  to_char(local_from, 'YYYY-MM-DD"T"HH24:MI:SS') as "from", to_char(local_to, 'YYYY-MM-DD"T"HH24:MI:SS') as "to"`

function rangeOf({ from, to }: Span) {
  return sql`tstzrange(to_timestamp(${from / 1000}::float8), to_timestamp(${to / 1000}::float8))`
}
