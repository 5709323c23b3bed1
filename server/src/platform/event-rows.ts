import type { Statement } from './statement.ts'

/** One row of the event log, as it is inserted. */
export interface EventRow {
  readonly id: string
  readonly name: string
  readonly outcome: 'allowed' | 'denied' | 'failed'
  readonly purpose: string
  readonly actorId: string | null
  readonly actorRoles: readonly string[]
  readonly sessionId: string | null
  readonly tokenId: string | null
  readonly resourceType: string | null
  readonly resourceId: string | null
  readonly petId: string | null
  readonly recordIds: readonly string[] | null
  readonly payload: object | null
  readonly requestId: string
  readonly address: string | null
  readonly agent: string | null
  readonly announces: boolean
}

/** One prepared statement for one event, which is most of them; the rows of a batch go in as JSON. */
export function insertEvents(events: readonly EventRow[]): Statement {
  const [only] = events
  if (events.length === 1 && only) return { name: 'insert-event', text: insertOne, values: valuesOf(only) }
  return { name: 'insert-events', text: insertMany, values: [JSON.stringify(events)] }
}

const columns = `id, name, outcome, purpose, actor_id, actor_roles, session_id, token_id, resource_type, resource_id, pet_id,
  record_ids, payload, request_id, address, agent, announces`

const insertOne = `insert into events (${columns})
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`

const insertMany = `insert into events (${columns})
  select id, name, outcome, purpose, "actorId", "actorRoles", "sessionId", "tokenId", "resourceType", "resourceId", "petId",
         "recordIds", payload, "requestId", address, agent, announces
    from json_to_recordset($1) as event (
      id uuid, name text, outcome text, purpose text, "actorId" uuid, "actorRoles" text[], "sessionId" uuid, "tokenId" uuid,
      "resourceType" text, "resourceId" uuid, "petId" uuid, "recordIds" uuid[], payload jsonb, "requestId" text,
      address text, agent text, announces boolean)`

function valuesOf(event: EventRow): unknown[] {
  return [
    event.id,
    event.name,
    event.outcome,
    event.purpose,
    event.actorId,
    event.actorRoles,
    event.sessionId,
    event.tokenId,
    event.resourceType,
    event.resourceId,
    event.petId,
    event.recordIds,
    event.payload === null ? null : JSON.stringify(event.payload),
    event.requestId,
    event.address,
    event.agent,
    event.announces,
  ]
}
