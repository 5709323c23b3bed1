import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { enabledWebhook } from './enabled-webhook.ts'

/**
 * Sends a test message to an endpoint.
 * @throws NotFound, Conflict when it is disabled
 */
export async function sendTestMessage(tx: Tx, actor: Person, id: string): Promise<null> {
  await enabledWebhook(tx, id)
  record(tx, actor, 'webhook.tested', { resource: { type: 'webhook', id } })
  return null
}
