import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { CanonicalEvent } from '../../../platform/events/canonical-event.ts'
import type { Place } from '../checkpoint-note.ts'

/** An event as it is sealed, with its mark. */
export interface SealedEvent extends CanonicalEvent {
  /** In hex; null for what was written before marks were. */
  readonly mac: string | null
}

/** A row as it comes, whose lists are text still. */
type Row = Omit<SealedEvent, 'actorRoles' | 'recordIds'> & {
  actorRoles: string | readonly string[]
  recordIds: string | null | readonly string[]
}

/** Lists travel as text: reading an array takes as long as the rest of the row. */
export const sealedColumns = `
  id, xid::text as xid, at, kind, name, outcome::text as outcome, purpose::text as purpose, actor_id as "actorId",
  array_to_string(actor_roles, ',') as "actorRoles", behalf_of as "behalfOf", session_id as "sessionId", token_id as "tokenId",
  resource_type as "resourceType", resource_id as "resourceId", pet_id as "petId", array_to_string(record_ids, ',') as "recordIds",
  results, payload, request_id as "requestId", encode(origin, 'hex') as origin, writer, counter, encode(mac, 'hex') as mac`

/** The next events in commit order that no slower transaction can come before. */
export async function readToSeal(tx: Tx, after: Place, limit: number): Promise<SealedEvent[]> {
  const [, rows] = await Promise.all([
    followIndex(tx),
    tx.rows<Row>({
      name: 'read-to-seal',
      text: `select ${sealedColumns} from events
            where (xid, id) > ($1::xid8, $2::uuid) and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by events.xid, events.id
            limit $3`,
      values: [after.xid, after.id, limit],
    }),
  ])
  return rows.map(toSealed)
}

/** Before the tables have been analysed, the planner would rather sort all that is left than read it in order. */
function followIndex(tx: Tx): Promise<unknown> {
  return tx.rows({ name: 'follow-index', text: `select set_config('enable_sort', 'off', true)`, values: [] })
}

/** The next events in commit order, whatever is under way. */
export async function readInOrder(tx: Tx, after: Place, limit: number): Promise<SealedEvent[]> {
  const [, rows] = await Promise.all([
    followIndex(tx),
    tx.rows<Row>({
      name: 'read-in-order',
      text: `select ${sealedColumns} from events
            where (xid, id) > ($1::xid8, $2::uuid)
            order by events.xid, events.id
            limit $3`,
      values: [after.xid, after.id, limit],
    }),
  ])
  return rows.map(toSealed)
}

export async function findSealed(db: Queryable, id: string): Promise<SealedEvent | undefined> {
  const row = await db.row<Row>({ text: `select ${sealedColumns} from events where id = $1`, values: [id] })
  return row && toSealed(row)
}

/** In its place: a copy of such a row costs 10 µs. */
function toSealed(row: Row): SealedEvent {
  row.actorRoles = listIn(row.actorRoles as string)
  row.recordIds = row.recordIds === null ? null : listIn(row.recordIds as string)
  return row as SealedEvent
}

function listIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(',')
}

export async function clockNow(db: Queryable): Promise<string> {
  const row = await db.row<{ now: string }>({ name: 'clock-now', text: 'select clock_now() as now', values: [] })
  return row?.now ?? ''
}
