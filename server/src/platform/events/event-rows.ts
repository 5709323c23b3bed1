import type { Origin } from '../actor.ts'
import type { Statement } from '../database/statement.ts'
import type { EventKind } from './event-kinds.ts'

/** What a process knows of an event. */
export interface EventRow {
  readonly id: string
  readonly kind: EventKind
  readonly name: string
  readonly outcome: 'allowed' | 'denied' | 'failed'
  readonly purpose: string
  readonly actorId: string | null
  readonly actorRoles: readonly string[]
  readonly behalfOf: string | null
  readonly sessionId: string | null
  readonly tokenId: string | null
  readonly resourceType: string | null
  readonly resourceId: string | null
  readonly petId: string | null
  readonly recordIds: readonly string[] | null
  readonly results: number | null
  readonly payload: object | null
  readonly requestId: string
  readonly from: Omit<Origin, 'id'>
  readonly announces: boolean
}

/** One row of the event log, as it is inserted. Bytes are in hex, as PostgreSQL reads them. */
export interface MarkedRow extends Omit<EventRow, 'from'> {
  /** Names its row of `event_origins`; null for Petra itself. */
  readonly origin: string | null
  readonly writer: string
  readonly counter: number
  readonly mac: string
}

/** Where requests came from, as it is kept apart from the events. */
export interface OriginRow extends Omit<Origin, 'id'> {
  readonly commitment: string
  readonly salt: string
  readonly accountId: string | null
}

/** One prepared statement for one event, which is most of them; the rows of a batch go in as JSON. */
export function insertEvents(events: readonly MarkedRow[]): Statement {
  const [only] = events
  if (events.length === 1 && only) return { name: 'insert-event', text: insertOne, values: valuesOf(only) }
  return { name: 'insert-events', text: insertMany, values: [JSON.stringify(events)] }
}

export function insertOrigins(origins: readonly OriginRow[]): Statement {
  return { name: 'insert-origins', text: insertOriginRows, values: [JSON.stringify(origins)] }
}

const columns = `id, kind, name, outcome, purpose, actor_id, actor_roles, behalf_of, session_id, token_id, resource_type,
  resource_id, pet_id, record_ids, results, payload, request_id, origin, announces, writer, counter, mac`

const insertOne = `insert into events (${columns})
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`

const insertMany = `insert into events (${columns})
  select id, kind, name, outcome, purpose, "actorId", "actorRoles", "behalfOf", "sessionId", "tokenId", "resourceType",
         "resourceId", "petId", "recordIds", results, payload, "requestId", origin, announces, writer, counter, mac
    from json_to_recordset($1) as event (
      id uuid, kind text, name text, outcome text, purpose text, "actorId" uuid, "actorRoles" text[], "behalfOf" uuid,
      "sessionId" uuid, "tokenId" uuid, "resourceType" text, "resourceId" uuid, "petId" uuid, "recordIds" uuid[], results integer,
      payload jsonb, "requestId" text, origin bytea, announces boolean, writer uuid, counter bigint, mac bytea)`

const insertOriginRows = `insert into event_origins (commitment, account_id, salt, address, agent, country)
  select commitment, "accountId", salt, address, agent, country
    from json_to_recordset($1) as origin (
      commitment bytea, "accountId" uuid, salt bytea, address text, agent text, country text)`

function valuesOf(event: MarkedRow): unknown[] {
  return [
    event.id,
    event.kind,
    event.name,
    event.outcome,
    event.purpose,
    event.actorId,
    event.actorRoles,
    event.behalfOf,
    event.sessionId,
    event.tokenId,
    event.resourceType,
    event.resourceId,
    event.petId,
    event.recordIds,
    event.results,
    event.payload === null ? null : JSON.stringify(event.payload),
    event.requestId,
    event.origin,
    event.announces,
    event.writer,
    event.counter,
    event.mac,
  ]
}
