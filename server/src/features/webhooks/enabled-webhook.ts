import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { WebhookDisabled } from './errors.ts'
import { findWebhook } from './queries/webhooks.ts'

/** @throws NotFound, Conflict when it is disabled */
export async function enabledWebhook(tx: Tx, id: string): Promise<void> {
  const row = await findWebhook(tx, id)
  if (!row) throw new NotFound()
  if (row.disabledBecause !== null) throw new WebhookDisabled()
}
