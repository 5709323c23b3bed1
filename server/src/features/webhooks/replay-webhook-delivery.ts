import type { WebhookDelivery } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { enabledWebhook } from './enabled-webhook.ts'
import { restartDelivery } from './queries/deliveries.ts'

/**
 * Has a message sent again, with all attempts before it.
 * @throws NotFound, Conflict when the endpoint is disabled
 */
export async function replayWebhookDelivery(
  tx: Tx,
  actor: Person,
  webhookId: string,
  messageId: string,
): Promise<WebhookDelivery> {
  await enabledWebhook(tx, webhookId)
  const delivery = await restartDelivery(tx, webhookId, messageId)
  if (!delivery) throw new NotFound()
  record(tx, actor, 'webhook.replayed', { resource: { type: 'webhook', id: webhookId }, payload: { messageId } })
  return delivery
}
