import type { Origin } from '../actor.ts'
import { columnOfLists, isList, unnested } from '../database/set-based.ts'
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

/** Of one statement: PostgreSQL counts its way to each element of a column from the first one. */
const MOST_ROWS = 64

export function insertEvents(events: readonly MarkedRow[]): Statement[] {
  if (events.length === 0) return []
  const rows = events.slice(0, MOST_ROWS)
  const values = Object.values(columns).flatMap(([type, of]) => {
    const column = rows.map(of)
    return isList(type) ? columnOfLists(column as (readonly string[] | null)[]) : [column]
  })
  return [{ name: 'insert-events', text: insertRows, values }, ...insertEvents(events.slice(MOST_ROWS))]
}

export function insertOrigin({ commitment, accountId, salt, address, agent, country }: OriginRow): Statement {
  return {
    name: 'insert-origin',
    text: insertOriginRow,
    values: [commitment, accountId, salt, address, agent, country],
  }
}

/** The columns of an event: the type that each is sent as, and what it holds. */
const columns: Readonly<Record<string, readonly [type: string, of: (event: MarkedRow) => unknown]>> = {
  id: ['uuid', ({ id }) => id],
  kind: ['text', ({ kind }) => kind],
  name: ['text', ({ name }) => name],
  outcome: ['text', ({ outcome }) => outcome],
  purpose: ['text', ({ purpose }) => purpose],
  actor_id: ['uuid', ({ actorId }) => actorId],
  actor_roles: ['text[]', ({ actorRoles }) => actorRoles],
  behalf_of: ['uuid', ({ behalfOf }) => behalfOf],
  session_id: ['uuid', ({ sessionId }) => sessionId],
  token_id: ['uuid', ({ tokenId }) => tokenId],
  resource_type: ['text', ({ resourceType }) => resourceType],
  resource_id: ['uuid', ({ resourceId }) => resourceId],
  pet_id: ['uuid', ({ petId }) => petId],
  record_ids: ['uuid[]', ({ recordIds }) => recordIds],
  results: ['int', ({ results }) => results],
  payload: ['jsonb', ({ payload }) => payload && JSON.stringify(payload)],
  request_id: ['text', ({ requestId }) => requestId],
  origin: ['bytea', ({ origin }) => origin],
  announces: ['boolean', ({ announces }) => announces],
  writer: ['uuid', ({ writer }) => writer],
  counter: ['bigint', ({ counter }) => counter],
  mac: ['bytea', ({ mac }) => mac],
}

const types = Object.fromEntries(Object.entries(columns).map(([name, [type]]) => [name, type]))
const insertRows = `insert into events (${Object.keys(columns)})
  select ${Object.keys(columns)} from ${unnested('event', types)}`

const insertOriginRow = `insert into event_origins (commitment, account_id, salt, address, agent, country)
  values ($1, $2, $3, $4, $5, $6)`
