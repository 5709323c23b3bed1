import type { ExportContent } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable } from '../../../platform/database/database.ts'

/** About 3 MB, and years of an owner's doings. */
const MOST = 10_000

/** What an account did, newest first, as far as the export goes back. */
export function exportActivity(db: Queryable, accountId: string): Promise<ExportContent['activity']> {
  return db.rows(sql`
    select e.id, e.at, e.name as action, e.pet_id as "petId", e.outcome, o.address, o.agent,
           case when e.resource_type is not null
                then json_build_object('type', e.resource_type, 'id', e.resource_id) end as resource
      from events e left join event_origins o on o.commitment = e.origin
     where e.actor_id = ${accountId}
     order by e.id desc
     limit ${MOST}`)
}
