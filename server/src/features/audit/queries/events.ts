import type { AuditEvent, EventName, Outcome } from '@petra/contract'
import sql, { join, type Sql } from 'sql-template-tag'
import type { Queryable } from '../../../platform/database/database.ts'

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

const columns = sql`
  e.id, e.at,
  case when e.actor_id is not null
       then json_build_object('id', e.actor_id, 'name', a.name, 'roles', e.actor_roles) end as actor,
  e.name as action,
  case when e.resource_type is not null
       then json_build_object('type', e.resource_type, 'id', e.resource_id) end as resource,
  coalesce(e.record_ids, '{}') as "recordIds", e.pet_id as "petId",
  e.outcome, e.payload ->> 'code' as reason, e.results,
  case when e.behalf_of is not null then json_build_object('id', e.behalf_of) end as "onBehalfOf",
  e.session_id as "sessionId", e.token_id as "tokenId", e.purpose, e.payload, e.request_id as "requestId", o.address, o.agent`

/** Events, newest first, those with an id below `before`. */
export function listEvents(
  db: Queryable,
  filter: EventFilter,
  before: string | null,
  limit: number,
): Promise<AuditEvent[]> {
  return db.rows(sql`
    select ${columns}
      from (select e.* from events e
             where ${join([...conditions(filter), ...(before ? [sql`e.id < ${before}`] : [])], ' and ')}
             order by e.id desc
             limit ${limit}) e
      left join accounts a on a.id = e.actor_id
      left join event_origins o on o.commitment = e.origin
     order by e.id desc`)
}

/** Events, oldest first, those with an id above `after`. */
export function listEventsAfter(
  db: Queryable,
  filter: EventFilter,
  after: string,
  limit: number,
): Promise<AuditEvent[]> {
  return db.rows(sql`
    select ${columns}
      from (select e.* from events e
             where ${join([...conditions(filter), sql`e.id > ${after}`], ' and ')}
             order by e.id
             limit ${limit}) e
      left join accounts a on a.id = e.actor_id
      left join event_origins o on o.commitment = e.origin
     order by e.id`)
}

/** An id and its event's time differ by a transaction, and by how far a machine's clock is off; an hour is more than both. */
const SLACK_SECONDS = 3_600

/** Times narrow the ids first, which are in order. */
function conditions({ actor, pet, action, resource, outcome, from, to }: EventFilter): Sql[] {
  return [
    sql`true`,
    ...(actor ? [sql`e.actor_id = ${actor}`] : []),
    ...(pet ? [sql`e.pet_id = ${pet}`] : []),
    ...(action ? [sql`e.name = ${action}`] : []),
    ...(resource ? [isId(resource) ? sql`e.resource_id = ${resource}` : sql`e.resource_type = ${resource}`] : []),
    ...(outcome
      ? [outcome === 'allowed' ? sql`e.outcome = 'allowed'` : sql`(e.outcome = ${outcome} and e.outcome <> 'allowed')`]
      : []),
    ...(from
      ? [sql`e.at >= to_timestamp(${epochSeconds(from)})`, sql`e.id >= ${idAt(epochSeconds(from) - SLACK_SECONDS)}`]
      : []),
    ...(to
      ? [sql`e.at < to_timestamp(${epochSeconds(to)})`, sql`e.id < ${idAt(epochSeconds(to) + SLACK_SECONDS)}`]
      : []),
  ]
}

/** The smallest UUIDv7 of an instant that ids can say. */
function idAt(seconds: number): string {
  const hex = Math.min(Math.max(0, Math.floor(seconds * 1000)), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

/** A number, because PostgreSQL takes fewer offsets and years than RFC 3339 has. */
function epochSeconds(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds / 1000
}
