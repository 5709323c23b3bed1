import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { Span } from '../diary.ts'

/** A reservation of a provider, and where it is. */
export interface ProviderReservation {
  readonly providerId: string
  readonly locationId: string
  readonly holdId: string | null
  readonly span: Span
}

/**
 * Where providers are within a span.
 * @param ignoring an appointment that does not count
 */
export function readWhereabouts(
  db: Queryable,
  providerIds: readonly string[],
  span: Span,
  ignoring: string | null = null,
): Promise<ProviderReservation[]> {
  return db.rows({
    name: 'read-whereabouts',
    text: `select provider.id as "providerId", r.location_id as "locationId", r.hold_id as "holdId",
                  json_build_object('from', date_part('epoch', lower(r.during)) * 1000,
                                    'to', date_part('epoch', upper(r.during)) * 1000) as span
             from unnest($1::uuid[]) as provider (id)
            cross join lateral (
              select * from reservations
               where subject_id = provider.id and during && tstzrange($2, $3) and location_id is not null
                 and ($4::uuid is null or appointment_id is distinct from $4)) r`,
    values: [providerIds, new Date(span.from).toISOString(), new Date(span.to).toISOString(), ignoring],
  })
}

/** Takes from what is reserved at a location how long it took to travel there, which is different now. */
export async function forgetTravelTo(tx: Tx, locationId: string): Promise<void> {
  await tx.rows(sql`update reservations set around = null where location_id = ${locationId} and around is not null`)
}
