import type { Webhook } from '@petra/contract'
import type { Keyring } from '../../platform/keys/keyring.ts'
import type { WebhookRow } from './queries/webhooks.ts'
import { urlOf } from './webhook-secret.ts'

/** An endpoint as admins see it: its URL opened, its secrets left out. */
export function toWebhook(keyring: Keyring, row: WebhookRow): Webhook {
  const { id, eventTypes, description, disabledBecause, accountId } = row
  const { failingSince, previousSecretUntil, createdAt, updatedAt } = row
  return {
    id,
    url: urlOf(keyring, row),
    eventTypes,
    description,
    enabled: disabledBecause === null,
    disabledBecause,
    accountId,
    failingSince,
    previousSecretUntil,
    createdAt,
    updatedAt,
  }
}
