import type { EventName } from '@petra/contract'
import type { Queryable, Tx } from '../database/database.ts'
import { StartupError } from '../startup-error.ts'

/** An event as the tails of the log read it. */
export interface LogEvent {
  readonly id: string
  /** The transaction that wrote it; in text, being 64 bits. */
  readonly xid: string
  readonly name: EventName
  readonly at: string
  readonly actorId: string | null
  readonly resourceId: string | null
  readonly petId: string | null
  readonly payload: Readonly<Record<string, unknown>> | null
}

/** How far a tail has read. */
export type Cursor = Pick<LogEvent, 'xid' | 'id'>

/**
 * Where a tail stands; at the log's beginning when it has never read.
 * @throws StartupError when it has read in another cluster: transaction ids start over there, so events would be skipped
 */
export async function cursorOf(db: Queryable, tail: string): Promise<Cursor> {
  const row = await db.row<Cursor & { here: string; there: string }>({
    name: 'cursor-of',
    text: `select here.system_identifier::text as here, coalesce(c.system_identifier, here.system_identifier::text) as there,
                  coalesce(c.xid, '0')::text as xid, coalesce(c.id, '00000000-0000-0000-0000-000000000000') as id
             from pg_control_system() as here left join log_cursors c on c.tail = $1`,
    values: [tail],
  })
  const { here, there, xid, id } = row as NonNullable<typeof row>
  if (here === there) return { xid, id }
  throw new StartupError(
    `This database was restored from another PostgreSQL cluster: the ${tail} has read the event log in cluster ${there}, and this is ${here}. ` +
      'Transaction ids start over in a new cluster, so it does not go on: it could skip events.',
  )
}

/** Takes a tail for this transaction; null when another process has it. */
export async function claimTail(tx: Tx, tail: string): Promise<Cursor | null> {
  // The lock goes ahead in a statement of its own: a snapshot older than the lock could show an old cursor.
  const lock = tx.row<{ free: boolean }>({
    name: 'claim-tail',
    text: 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free',
    values: [`tail ${tail}`],
  })
  const [row, cursor] = await Promise.all([lock, cursorOf(tx, tail)])
  return row?.free ? cursor : null
}

/**
 * The next announced events in commit order. What is at or past the snapshot's `xmin` waits: a transaction that began
 * earlier may still commit, and its events come first.
 */
export function readAnnounced(tx: Tx, after: Cursor, limit: number): Promise<LogEvent[]> {
  return tx.rows({
    name: 'read-announced',
    text: `select id, xid::text as xid, name, at, actor_id as "actorId", resource_id as "resourceId", pet_id as "petId", payload
             from events
            where announces and (xid, id) > ($1::xid8, $2::uuid) and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by events.xid, events.id
            limit $3`,
    values: [after.xid, after.id, limit],
  })
}

export async function moveCursor(tx: Tx, tail: string, to: Cursor): Promise<void> {
  await tx.rows({
    name: 'move-cursor',
    text: `insert into log_cursors (tail, system_identifier, xid, id)
           select $1, system_identifier::text, $2::xid8, $3 from pg_control_system()
           on conflict (tail) do update set xid = excluded.xid, id = excluded.id, moved_at = clock_now()`,
    values: [tail, to.xid, to.id],
  })
}

/** Lays an event aside, so that the log goes on without it. */
export async function parkEvent(tx: Tx, tail: string, event: LogEvent, reason: string): Promise<void> {
  await tx.rows({
    text: 'insert into parked_events (tail, event_id, reason) values ($1, $2, $3) on conflict do nothing',
    values: [tail, event.id, reason.slice(0, 500)],
  })
}

/** Seconds since the oldest event, or announced event, that the tail has not read; 0 when it has read them all. */
export async function tailLag(db: Queryable, tail: string, which: 'announced' | 'all'): Promise<number> {
  const after = await cursorOf(db, tail)
  const row = await db.row<{ seconds: number }>({
    text: `select extract(epoch from clock_now() - at)::float8 as seconds
             from events
            where ${which === 'announced' ? 'announces and' : ''} (xid, id) > ($1::xid8, $2::uuid) and id >= $3::uuid
            order by xid, id
            limit 1`,
    values: [after.xid, after.id, leastIdAfter(after)],
  })
  return row?.seconds ?? 0
}

const DAY_MS = 86_400_000

/**
 * The smallest id (UUIDv7) that an event after this one can have, so that months that are over need not be looked into. Ids
 * are made within the 30 s of a transaction, by machines whose clocks differ: a day is more than both.
 */
export function leastIdAfter({ id }: Pick<Cursor, 'id'>): string {
  const madeAt = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  const hex = Math.max(0, madeAt - DAY_MS)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
