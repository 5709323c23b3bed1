import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** By it and the checksum, those who search for leaked secrets know one when they see it. */
const PREFIX = 'petra_pat_'
const SHAPE = /^petra_pat_[\w-]{48}$/
const SECRET_BYTES = 32

/** A new personal access token: the prefix, then 32 random bytes and the CRC-32 of both in base64url. */
export function newPersonalToken(): string {
  const secret = randomBytes(SECRET_BYTES)
  return PREFIX + Buffer.concat([secret, checksum(secret)]).toString('base64url')
}

/** Whether it could be one of ours. */
export function isPersonalToken(token: string): boolean {
  if (!SHAPE.test(token)) return false
  const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url')
  return checksum(bytes.subarray(0, SECRET_BYTES)).equals(bytes.subarray(SECRET_BYTES))
}

/** What is kept of it: 256 random bits need no slow hash. */
export function personalTokenHash(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

function checksum(secret: Buffer): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(Buffer.concat([Buffer.from(PREFIX), secret])))
  return bytes
}
