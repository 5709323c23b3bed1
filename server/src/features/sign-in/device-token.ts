import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Keyring } from '../../platform/keys/keyring.ts'

const ID_BYTES = 16

/**
 * What a device shows to be told from others who try the same account: a random id and its HMAC for that account. It lets
 * nobody in; all it buys is a count of wrong passwords of its own.
 */
export function deviceToken(keyring: Keyring, accountId: string, deviceId: string | null): string {
  const id = deviceId === null ? randomBytes(ID_BYTES) : Buffer.from(deviceId, 'hex')
  return Buffer.concat([id, mac(keyring, accountId, id)]).toString('base64url')
}

/** The device's id, or null when the token was not made for this account. */
export function readDeviceToken(keyring: Keyring, accountId: string, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== ID_BYTES + 32) return null
  const id = bytes.subarray(0, ID_BYTES)
  return timingSafeEqual(bytes.subarray(ID_BYTES), mac(keyring, accountId, id)) ? id.toString('hex') : null
}

function mac(keyring: Keyring, accountId: string, id: Buffer): Buffer {
  return keyring.hmac('token', Buffer.concat([Buffer.from(`device ${accountId} `), id]))
}
