import type { Purpose, Role } from '../../../platform/actor.ts'
import type { Queryable } from '../../../platform/database/database.ts'
import type { Told } from '../access-log-texts/access-log-texts.ts'

/** Someone who did something to a pet's records or profile. */
export interface AccessRow {
  readonly id: string
  readonly at: string
  readonly name: string
  readonly roles: Role[]
  readonly what: Told
  readonly purpose: Purpose
  readonly recordIds: string[]
}

/** What people did with a pet, of these events; refusals are left out. Newest first, those with an id below `before`. */
export function listAccesses(
  db: Queryable,
  petId: string,
  events: readonly Told[],
  before: string | null,
  limit: number,
): Promise<AccessRow[]> {
  return db.rows({
    text: `select e.id, e.at, a.name, e.actor_roles as roles, e.name as what, e.purpose,
                  coalesce(e.record_ids, '{}') as "recordIds"
             from events e join accounts a on a.id = e.actor_id
            where e.pet_id = $1 and e.name = any ($2) and e.outcome = 'allowed' and ($3::uuid is null or e.id < $3)
            order by e.id desc
            limit $4`,
    values: [petId, events, before, limit],
  })
}

/** The IANA time zone that somebody wants to be told times in, if they said so. */
export async function findTimeZone(db: Queryable, accountId: string): Promise<string | null> {
  const row = await db.row<{ timeZone: string | null }>({
    name: 'find-time-zone',
    text: 'select time_zone as "timeZone" from notification_settings where account_id = $1',
    values: [accountId],
  })
  return row?.timeZone ?? null
}
