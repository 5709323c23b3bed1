import type { Tx } from '../../../platform/database/database.ts'
import { type Cursor, leastIdAfter } from '../../../platform/events/log-tail.ts'
import type { WatchedEvent } from '../rules.ts'

type Row = Omit<WatchedEvent, 'accountId'> & { readonly xid: string; readonly accountId: string | null }

/** The next events in commit order that no slower transaction can come before; months that are over are not looked into. */
export async function readWatched(tx: Tx, after: Cursor, limit: number): Promise<Row[]> {
  const [, rows] = await Promise.all([
    // Before the tables have been analysed, the planner would rather sort all that is left than read it in order.
    tx.rows({ name: 'follow-index', text: `select set_config('enable_sort', 'off', true)`, values: [] }),
    tx.rows<Row>({
      name: 'read-watched',
      text: `select id, xid::text as xid, kind, name, outcome::text as outcome, at, actor_id as "accountId", pet_id as "petId",
                    case name when 'session.started' then
                      (select country from event_origins where commitment = origin) end as country,
                    case name when 'access.refused' then coalesce((payload ->> 'count')::integer, 1) else 1 end as count
               from events
              where (xid, id) > ($1::xid8, $2::uuid) and xid < pg_snapshot_xmin(pg_current_snapshot()) and id >= $3::uuid
              order by events.xid, events.id
              limit $4`,
      values: [after.xid, after.id, leastIdAfter(after), limit],
    }),
  ])
  return rows
}
