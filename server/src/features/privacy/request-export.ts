import type { AccountExport } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { insertExport } from './queries.ts'

/**
 * Asks for everything about the caller; a job makes it.
 * @throws Conflict while one is being made
 */
export async function requestExport(tx: Tx, actor: Person): Promise<AccountExport> {
  const requested = await insertExport(tx, actor.accountId)
  if (!requested) throw new Conflict('An export is being made already.')
  record(tx, actor, 'export.requested', { resource: { type: 'account-export', id: requested.id } })
  return requested
}
