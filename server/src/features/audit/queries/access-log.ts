import type { EventName } from '@petra/contract'
import type { Purpose, Role } from '../../../platform/actor.ts'
import type { Queryable } from '../../../platform/database/database.ts'

/** Someone who did something to a pet's records or profile. */
export interface AccessRow {
  readonly id: string
  readonly at: string
  readonly name: string
  readonly roles: Role[]
  readonly what: EventName
  readonly purpose: Purpose
}

/** What people did with a pet, of these events; refusals are left out. Newest first, those with an id below `before`. */
export function listAccesses(
  db: Queryable,
  petId: string,
  events: readonly EventName[],
  before: string | null,
  limit: number,
): Promise<AccessRow[]> {
  return db.rows({
    text: `select e.id, e.at, a.name, e.actor_roles as roles, e.name as what, e.purpose
             from events e join accounts a on a.id = e.actor_id
            where e.pet_id = $1 and e.name = any ($2) and e.outcome = 'allowed' and ($3::uuid is null or e.id < $3)
            order by e.id desc
            limit $4`,
    values: [petId, events, before, limit],
  })
}
