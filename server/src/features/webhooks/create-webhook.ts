import { randomUUIDv7 } from 'node:crypto'
import type { CreatedWebhook, NewWebhook } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { requireSafeUrl } from '../../platform/network/safe-fetch.ts'
import { urlRefused } from './errors.ts'
import { insertWebhook, type WebhookRow } from './queries/webhooks.ts'
import { toWebhook } from './to-webhook.ts'
import { reachOf, type WebhookContext } from './webhook-context.ts'
import { newSecret, sealOf } from './webhook-secret.ts'

/**
 * Registers an endpoint, and gives out its secret this once. Its host is looked up before the transaction begins.
 * @throws AppError 422 when no messages are sent to its URL
 */
export async function createWebhook(
  context: WebhookContext,
  actor: Person,
  { url, eventTypes, description = null }: NewWebhook,
): Promise<CreatedWebhook> {
  await requireSafeUrl(url, reachOf(context)).catch(urlRefused)
  const { db, keyring } = context
  const id = randomUUIDv7()
  const secret = newSecret()
  const row = await transact(db, async (tx) => {
    const made = await insertWebhook(tx, {
      id,
      accountId: actor.accountId,
      url: sealOf(keyring, id, 'url', 1, url),
      eventTypes,
      description,
      secret: sealOf(keyring, id, 'secret', 1, secret),
    })
    record(tx, actor, 'webhook.created', { resource: { type: 'webhook', id }, payload: { types: eventTypes } })
    return made as WebhookRow
  })
  return { ...toWebhook(keyring, row), secret }
}
