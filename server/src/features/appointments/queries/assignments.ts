import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** The provider of a pet's latest visit, past or to come, for a kind of service. */
export async function findLastProvider(
  db: Queryable,
  petId: string,
  kind: 'veterinary' | 'grooming',
): Promise<string | undefined> {
  const row = await db.row<{ providerId: string }>({
    name: 'find-last-provider',
    text: `select v.provider_id as "providerId"
             from appointments v join services s on s.id = v.service_id
            where v.pet_id = $1 and s.kind = $2 and v.status not in ('cancelled', 'declined', 'no-show')
            order by v.starts_at desc limit 1`,
    values: [petId, kind],
  })
  return row?.providerId
}

/** Waits until whoever else chooses for one of these turns has committed; all are taken at once and in order. */
export async function lockTurns(tx: Tx, turns: readonly string[]): Promise<void> {
  await tx.rows({
    name: 'lock-turns',
    text: `select pg_advisory_xact_lock(hashtextextended(turn, 2)) from (select turn from unnest($1::text[]) as turn order by 1) as ordered`,
    values: [[...new Set(turns)]],
  })
}

/** What a provider has on a day, and when they were last given anything, in seconds since the epoch. */
export interface Workload {
  readonly visits: number
  readonly lastAssignedAt: number | null
}

/** The workload of each provider on a local date (rule 10). */
export async function readWorkload(
  db: Queryable,
  providerIds: readonly string[],
  localDate: string,
): Promise<Map<string, Workload>> {
  const rows = await db.rows<Workload & { providerId: string }>({
    name: 'read-workload',
    text: `select provider as "providerId",
                  (select count(*) from appointments
                    where provider_id = provider and status not in ('cancelled', 'declined')
                      and local_start >= $2::date and local_start < $2::date + 1
                      and starts_at >= $2::date - interval '2 days' and starts_at < $2::date + interval '3 days') as visits,
                  (select extract(epoch from created_at)::float8 from appointments
                    where provider_id = provider order by created_at desc limit 1) as "lastAssignedAt"
             from unnest($1::uuid[]) as provider`,
    values: [providerIds, localDate],
  })
  return new Map(rows.map(({ providerId, ...load }) => [providerId, load]))
}
