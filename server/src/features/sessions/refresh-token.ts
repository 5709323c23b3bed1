import { hash, timingSafeEqual } from 'node:crypto'
import type { Keyring } from '../../platform/keys/keyring.ts'

export interface RefreshToken {
  readonly sessionId: string
  readonly generation: number
}

const ID_BYTES = 16
const BYTES = ID_BYTES + 4 + 32

/**
 * The refresh token of a session's generation: session id, generation and their HMAC. It is derived, so that the same
 * generation always has the same token, and only its hash is stored.
 */
export function refreshToken(keyring: Keyring, { sessionId, generation }: RefreshToken): string {
  const head = Buffer.alloc(ID_BYTES + 4)
  head.write(sessionId.replaceAll('-', ''), 'hex')
  head.writeUInt32BE(generation, ID_BYTES)
  return Buffer.concat([head, mac(keyring, head)]).toString('base64url')
}

/** What a refresh token says, or null when it is not one of ours. */
export function readRefreshToken(keyring: Keyring, token: string): RefreshToken | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== BYTES) return null
  const head = bytes.subarray(0, ID_BYTES + 4)
  if (!timingSafeEqual(bytes.subarray(ID_BYTES + 4), mac(keyring, head))) return null
  const id = head.toString('hex', 0, ID_BYTES)
  return {
    sessionId: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    generation: head.readUInt32BE(ID_BYTES),
  }
}

export function refreshHash(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

function mac(keyring: Keyring, head: Buffer): Buffer {
  return keyring.hmac('token', Buffer.concat([Buffer.from('refresh '), head]))
}
