import type { RotatedSecret } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import type { Keyring } from '../../platform/keys/keyring.ts'
import { lockWebhook, replaceSecret } from './queries/webhooks.ts'
import { newSecret, sealOf } from './webhook-secret.ts'

/**
 * Gives an endpoint a new secret, and out this once; the one before it signs along for a day.
 * @throws NotFound
 */
export async function rotateWebhookSecret(tx: Tx, keyring: Keyring, actor: Person, id: string): Promise<RotatedSecret> {
  const row = await lockWebhook(tx, id)
  if (!row) throw new NotFound()
  const secret = newSecret()
  const version = row.secretVersion + 1
  const after = await replaceSecret(tx, id, sealOf(keyring, id, 'secret', version, secret), version)
  record(tx, actor, 'webhook.secret-rotated', { resource: { type: 'webhook', id } })
  return { secret, previousSecretUntil: after?.previousSecretUntil as string }
}
