import { createHmac, randomBytes } from 'node:crypto'
import { open, seal } from '../../platform/keys/envelope.ts'
import type { Keyring } from '../../platform/keys/keyring.ts'
import type { WebhookRow } from './queries/webhooks.ts'

const PREFIX = 'whsec_'

/** A new secret of an endpoint: 32 random bytes, written as Standard Webhooks has it. */
export function newSecret(): string {
  return PREFIX + randomBytes(32).toString('base64')
}

/** Seals a secret or URL of an endpoint, bound to its column and version. */
export function sealOf(keyring: Keyring, id: string, column: 'secret' | 'url', version: number, text: string): Buffer {
  return seal(keyring.derive('webhook', id), text, placeOf(id, column, version))
}

/** @throws IntegrityError when it was altered or moved */
export function urlOf(
  keyring: Keyring,
  { id, url, urlVersion }: Pick<WebhookRow, 'id' | 'url' | 'urlVersion'>,
): string {
  return open(keyring.derive('webhook', id), url, placeOf(id, 'url', urlVersion)).toString()
}

/**
 * The secrets that messages are signed with now, the newest first.
 * @throws IntegrityError when one was altered or moved
 */
export function secretsOf(
  keyring: Keyring,
  { id, secret, secretVersion, previousSecret }: Pick<WebhookRow, 'id' | 'secret' | 'secretVersion' | 'previousSecret'>,
): string[] {
  const key = keyring.derive('webhook', id)
  const sealed = [secret, ...(previousSecret ? [previousSecret] : [])]
  return sealed.map((bytes, age) => open(key, bytes, placeOf(id, 'secret', secretVersion - age)).toString())
}

/** The signature field: one for each secret, by HMAC-SHA-256 over id, seconds and body (Standard Webhooks, symmetric). */
export function signature(secrets: readonly string[], messageId: string, seconds: number, body: string): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
      return `v1,${createHmac('sha256', key).update(`${messageId}.${seconds}.${body}`).digest('base64')}`
    })
    .join(' ')
}

function placeOf(id: string, column: string, version: number) {
  return { table: 'webhooks', column, rowId: id, version, subjectId: id }
}
