import sql from 'sql-template-tag'
import type { Tx } from '../../../platform/database.ts'
import type { Span } from '../local-span.ts'

/** @returns the id of the new time off or extra hours */
export async function insertException(
  tx: Tx,
  kind: 'time-off' | 'extra-hours',
  change: { providerId: string; locationId: string | null; span: Span; reason: string | null },
): Promise<string> {
  const row = await tx.row<{ id: string }>(sql`
    insert into schedule_exceptions (provider_id, location_id, kind, during, reason)
    values (${change.providerId}, ${change.locationId}, ${kind}, ${rangeOf(change.span)}, ${change.reason})
    returning id`)
  return (row as { id: string }).id
}

/** @returns the id of the new closure */
export async function insertClosure(tx: Tx, locationId: string, span: Span, reason: string | null): Promise<string> {
  const row = await tx.row<{ id: string }>(sql`
    insert into closures (location_id, during, reason) values (${locationId}, ${rangeOf(span)}, ${reason})
    returning id`)
  return (row as { id: string }).id
}

function rangeOf({ from, to }: Span) {
  return sql`tstzrange(to_timestamp(${from / 1000}::float8), to_timestamp(${to / 1000}::float8))`
}
