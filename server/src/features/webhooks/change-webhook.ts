import type { Webhook, WebhookChange } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { requireSafeUrl } from '../../platform/network/safe-fetch.ts'
import { urlRefused } from './errors.ts'
import { lockWebhook, updateWebhook, type WebhookRow } from './queries/webhooks.ts'
import { toWebhook } from './to-webhook.ts'
import { reachOf, type WebhookContext } from './webhook-context.ts'
import { sealOf } from './webhook-secret.ts'

/**
 * Changes an endpoint, which from then on belongs to the actor.
 * @throws NotFound, AppError 412 when stale, 422 when no messages are sent to its new URL
 */
export async function changeWebhook(
  context: WebhookContext,
  actor: Person,
  id: string,
  change: WebhookChange,
  requireFresh: (current: Webhook) => void,
): Promise<Webhook> {
  if (change.url !== undefined) await requireSafeUrl(change.url, reachOf(context)).catch(urlRefused)
  const { db, keyring } = context
  return transact(db, async (tx) => {
    const row = await lockWebhook(tx, id)
    if (!row) throw new NotFound()
    const before = toWebhook(keyring, row)
    requireFresh(before)
    const wanted = { ...before, ...change }
    const urlVersion = wanted.url === before.url ? row.urlVersion : row.urlVersion + 1
    const url = wanted.url === before.url ? row.url : sealOf(keyring, id, 'url', urlVersion, wanted.url)
    const changed = { ...wanted, accountId: actor.accountId, url, urlVersion }
    const after = toWebhook(keyring, (await updateWebhook(tx, changed, wanted.enabled)) as WebhookRow)
    record(tx, actor, 'webhook.updated', { resource: { type: 'webhook', id }, payload: { fields: fieldsOf(change) } })
    return after
  })
}

function fieldsOf(change: WebhookChange): string[] {
  return Object.keys(change).sort()
}
