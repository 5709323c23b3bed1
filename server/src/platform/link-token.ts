import { timingSafeEqual } from 'node:crypto'
import type { Keyring } from './keys/keyring.ts'

/** What a link in a mail leads to; a token made for one opens no other. */
export type LinkPurpose =
  | 'email-verification'
  | 'password-reset'
  | 'email-change'
  | 'account-claim'
  | 'account-export'
  | 'co-owner-invitation'
  | 'pet-transfer'
  | `unsubscribe-${string}`

/**
 * The secret half of a mailed link: the id of a row and its HMAC. It is derived, so that the mail can be written by a
 * job that knows the id alone, and the database holds nothing that opens the link.
 */
export function linkToken(keyring: Keyring, purpose: LinkPurpose, id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex')
  return Buffer.concat([bytes, mac(keyring, purpose, bytes)]).toString('base64url')
}

/** The id a token was made for, or null when we did not make it for this purpose. */
export function readLinkToken(keyring: Keyring, purpose: LinkPurpose, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 48) return null
  const id = bytes.subarray(0, 16)
  if (!timingSafeEqual(bytes.subarray(16), mac(keyring, purpose, id))) return null
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The same secret for people who type: six digits. They are guessed in a million tries, so tries have to be counted. */
export function linkCode(keyring: Keyring, purpose: LinkPurpose, id: string): string {
  const number = keyring.hmac('token', `code ${purpose} ${id}`).readUIntBE(0, 6) % 1_000_000
  return String(number).padStart(6, '0')
}

function mac(keyring: Keyring, purpose: LinkPurpose, id: Buffer): Buffer {
  return keyring.hmac('token', Buffer.concat([Buffer.from(`link ${purpose} `), id]))
}
