import type { Tx } from '../database/database.ts'
import type { LogEvent } from './log-tail.ts'

/** Takes the events that are to be tried again off the list of those laid aside. */
export function takeRetried(tx: Tx, tail: string): Promise<LogEvent[]> {
  return tx.rows({
    name: 'take-retried-events',
    text: `with taken as (
             delete from parked_events where tail = $1 and retried_at is not null returning event_id)
           select e.id, e.xid::text as xid, e.name, e.at, e.actor_id as "actorId", e.resource_id as "resourceId",
                  e.pet_id as "petId", e.payload
             from taken join events e on e.id = taken.event_id
            order by e.xid, e.id`,
    values: [tail],
  })
}
