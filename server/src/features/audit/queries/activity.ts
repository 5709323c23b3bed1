import type { ExportContent } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable } from '../../../platform/database.ts'

/** About 3 MB, and years of an owner's doings. */
const MOST = 10_000

/** What an account did, newest first, as far as the export goes back. */
export function exportActivity(db: Queryable, accountId: string): Promise<ExportContent['activity']> {
  return db.rows(sql`
    select id, at, name as action, pet_id as "petId", outcome, address, agent,
           case when resource_type is not null
                then json_build_object('type', resource_type, 'id', resource_id) end as resource
      from events where actor_id = ${accountId}
     order by id desc
     limit ${MOST}`)
}
