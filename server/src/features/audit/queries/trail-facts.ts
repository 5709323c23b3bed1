import type { Queryable } from '../../../platform/database/database.ts'

/** Of each kind that events were dropped of, the id below which all are gone. */
export function listDropped(db: Queryable): Promise<{ kind: string; until: string }[]> {
  return db.rows({
    text: `select payload ->> 'kind' as kind, max(payload ->> 'until') as until
             from events where name = 'trail.partition-dropped' group by 1`,
    values: [],
  })
}

/** The accounts that were erased. */
export async function listErased(db: Queryable): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    text: `select resource_id as id from events where name = 'account.erased' and resource_id is not null`,
    values: [],
  })
  return rows.map(({ id }) => id)
}

/** @param commitment in hex */
export function findOrigin(
  db: Queryable,
  commitment: string,
): Promise<{ salt: Buffer; address: string | null; agent: string | null; country: string | null } | undefined> {
  return db.row({
    name: 'find-origin',
    text: `select salt, address, agent, country from event_origins where commitment = decode($1, 'hex')`,
    values: [commitment],
  })
}

/** @param commitments in hex, and so are the salts that come back */
export function findOrigins(
  db: Queryable,
  commitments: readonly string[],
): Promise<
  { commitment: string; salt: string; address: string | null; agent: string | null; country: string | null }[]
> {
  return db.rows({
    name: 'find-origins',
    text: `select encode(commitment, 'hex') as commitment, encode(salt, 'hex') as salt, address, agent, country
             from event_origins where commitment in (select decode(hex, 'hex') from unnest($1::text[]) as hex)`,
    values: [commitments],
  })
}
