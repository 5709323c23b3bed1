import type { AuditEvent, EventName, Outcome } from '@petra/contract'
import sql, { join, type Sql } from 'sql-template-tag'
import type { Queryable } from '../../../platform/database.ts'

/** Each narrows the list; `resource` is a type or an id, `to` is exclusive. */
export interface EventFilter {
  readonly actor?: string
  readonly pet?: string
  readonly action?: EventName
  readonly resource?: string
  readonly outcome?: Outcome
  readonly from?: string
  readonly to?: string
}

/** Events, newest first, those with an id below `before`. */
export function listEvents(
  db: Queryable,
  filter: EventFilter,
  before: string | null,
  limit: number,
): Promise<AuditEvent[]> {
  return db.rows(sql`
    select e.id, e.at,
           case when e.actor_id is not null
                then json_build_object('id', e.actor_id, 'name', a.name, 'roles', e.actor_roles) end as actor,
           e.name as action,
           case when e.resource_type is not null
                then json_build_object('type', e.resource_type, 'id', e.resource_id) end as resource,
           coalesce(e.record_ids, '{}') as "recordIds", e.pet_id as "petId",
           e.outcome, e.purpose, e.payload, e.request_id as "requestId", o.address
      from events e
      left join accounts a on a.id = e.actor_id
      left join event_origins o on o.commitment = e.origin
     where ${join(conditions(filter, before), ' and ')}
     order by e.id desc
     limit ${limit}`)
}

function conditions({ actor, pet, action, resource, outcome, from, to }: EventFilter, before: string | null): Sql[] {
  return [
    sql`true`,
    ...(before ? [sql`e.id < ${before}`] : []),
    ...(actor ? [sql`e.actor_id = ${actor}`] : []),
    ...(pet ? [sql`e.pet_id = ${pet}`] : []),
    ...(action ? [sql`e.name = ${action}`] : []),
    ...(resource ? [isId(resource) ? sql`e.resource_id = ${resource}` : sql`e.resource_type = ${resource}`] : []),
    ...(outcome ? [sql`e.outcome = ${outcome}`] : []),
    ...(from ? [sql`e.at >= to_timestamp(${epochSeconds(from)})`] : []),
    ...(to ? [sql`e.at < to_timestamp(${epochSeconds(to)})`] : []),
  ]
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

/** A number, because PostgreSQL takes fewer offsets and years than RFC 3339 has. */
function epochSeconds(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds / 1000
}
