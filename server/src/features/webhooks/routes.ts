import * as contract from '@petra/contract'
import { NotFound } from '../../platform/errors.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { changeWebhook } from './change-webhook.ts'
import { createWebhook } from './create-webhook.ts'
import { deleteWebhook } from './delete-webhook.ts'
import { listDeliveries } from './queries/deliveries.ts'
import { findWebhook, listWebhooks } from './queries/webhooks.ts'
import { replayWebhookDelivery } from './replay-webhook-delivery.ts'
import { rotateWebhookSecret } from './rotate-webhook-secret.ts'
import { sendTestMessage } from './send-test-message.ts'
import { toWebhook } from './to-webhook.ts'
import type { WebhookContext } from './webhook-context.ts'

export function webhookRoutes(serve: Serve, context: WebhookContext): void {
  const { db, keyring } = context

  serve.read(contract.listWebhooks, async ({ query: { limit = 25, cursor } }) => {
    const [before = null] = decodeCursor(cursor, [cursorShape.id]) ?? []
    const rows = await listWebhooks(db, before, limit + 1)
    return page(
      rows.map((row) => toWebhook(keyring, row)),
      limit,
      ({ id }) => [id],
    )
  })

  serve.read(contract.createWebhook, ({ actor, body }) => createWebhook(context, actor, body))

  serve.read(contract.getWebhook, async ({ params }) => {
    const row = await findWebhook(db, params.webhookId)
    if (!row) throw new NotFound()
    return toWebhook(keyring, row)
  })

  serve.read(contract.updateWebhook, ({ actor, params, body, requireFresh }) =>
    changeWebhook(context, actor, params.webhookId, body, requireFresh),
  )

  serve.write(contract.deleteWebhook, (tx, { actor, params, requireFresh }) =>
    deleteWebhook(tx, keyring, actor, params.webhookId, requireFresh),
  )

  serve.write(contract.rotateWebhookSecret, (tx, { actor, params }) =>
    rotateWebhookSecret(tx, keyring, actor, params.webhookId),
  )

  serve.write(contract.testWebhook, (tx, { actor, params }) => sendTestMessage(tx, actor, params.webhookId))

  serve.read(contract.listWebhookDeliveries, async ({ params, query: { status = null, limit = 25, cursor } }) => {
    const [before = null] = decodeCursor(cursor, [cursorShape.id]) ?? []
    const [webhook, rows] = await Promise.all([
      findWebhook(db, params.webhookId),
      listDeliveries(db, params.webhookId, status, before, limit + 1),
    ])
    if (!webhook) throw new NotFound()
    return page(rows, limit, ({ messageId }) => [messageId])
  })

  serve.write(contract.replayWebhookDelivery, (tx, { actor, params }) =>
    replayWebhookDelivery(tx, actor, params.webhookId, params.messageId),
  )
}
