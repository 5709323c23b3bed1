import type { Webhook } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import type { Keyring } from '../../platform/keys/keyring.ts'
import * as queries from './queries/webhooks.ts'
import { toWebhook } from './to-webhook.ts'

/**
 * Removes an endpoint with all that is kept of it.
 * @throws NotFound, AppError 412 when stale
 */
export async function deleteWebhook(
  tx: Tx,
  keyring: Keyring,
  actor: Person,
  id: string,
  requireFresh: (current: Webhook) => void,
): Promise<null> {
  const row = await queries.lockWebhook(tx, id)
  if (!row) throw new NotFound()
  requireFresh(toWebhook(keyring, row))
  await queries.deleteWebhook(tx, id)
  record(tx, actor, 'webhook.deleted', { resource: { type: 'webhook', id } })
  return null
}
