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

/** How many rows the prepared statements have: a batch takes a few of them. */
const SIZES = [16, 4, 1] as const

export function insertEvents(events: readonly MarkedRow[]): Statement[] {
  const size = SIZES.find((rows) => rows <= events.length)
  if (size === undefined) return []
  const values = events.slice(0, size).flatMap(valuesOf)
  return [{ name: `insert-${size}-events`, text: inserts[size], values }, ...insertEvents(events.slice(size))]
}

export function insertOrigin({ commitment, accountId, salt, address, agent, country }: OriginRow): Statement {
  return {
    name: 'insert-origin',
    text: insertOriginRow,
    values: [commitment, accountId, salt, address, agent, country],
  }
}

const columns = `id, kind, name, outcome, purpose, actor_id, actor_roles, behalf_of, session_id, token_id, resource_type,
  resource_id, pet_id, record_ids, results, payload, request_id, origin, announces, writer, counter, mac`

const width = columns.split(',').length

const inserts = Object.fromEntries(SIZES.map((size) => [size, insertOf(size)])) as Record<
  (typeof SIZES)[number],
  string
>

function insertOf(size: number): string {
  const row = (at: number) => `(${Array.from({ length: width }, (_, n) => `$${at * width + n + 1}`)})`
  return `insert into events (${columns}) values ${Array.from({ length: size }, (_, at) => row(at))}`
}

const insertOriginRow = `insert into event_origins (commitment, account_id, salt, address, agent, country)
  values ($1, $2, $3, $4, $5, $6)`

function valuesOf(event: MarkedRow): unknown[] {
  return [
    event.id,
    event.kind,
    event.name,
    event.outcome,
    event.purpose,
    event.actorId,
    arrayOf(event.actorRoles),
    event.behalfOf,
    event.sessionId,
    event.tokenId,
    event.resourceType,
    event.resourceId,
    event.petId,
    event.recordIds && arrayOf(event.recordIds),
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

/** Of ids or roles, none of which needs an escape. */
function arrayOf(values: readonly string[]): string {
  return `{${values.join(',')}}`
}
