import sql from 'sql-template-tag'
import type { Tx } from '../../../platform/database/database.ts'

/** A location of a provider. */
export interface Workplace {
  readonly locationId: string
  readonly timeZone: string
  /** The date there, YYYY-MM-DD. */
  readonly today: string
}

export function listWorkplaces(tx: Tx, providerId: string): Promise<Workplace[]> {
  return tx.rows(sql`
    select l.id as "locationId", l.time_zone as "timeZone", (clock_now() at time zone l.time_zone)::date as today
      from provider_locations p join locations l on l.id = p.location_id
     where p.provider_id = ${providerId}`)
}
