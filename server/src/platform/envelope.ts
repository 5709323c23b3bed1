import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto'

/** A key of 32 bytes and the id that what it sealed is bound to. */
export interface SealingKey {
  readonly id: string
  readonly bytes: Buffer
}

/** Where a sealed cell stands. Ids are bound in lower case, so that every spelling of a UUID opens. */
export interface Place {
  readonly table: string
  readonly column: string
  readonly rowId: string
  readonly version: number
  readonly subjectId: string
}

/** What was sealed does not open: altered, moved from its place, or under another key. It never says what was inside. */
export class IntegrityError extends Error {
  override readonly name = 'IntegrityError'
  constructor() {
    super('A sealed value failed its integrity check.')
  }
}

const ALGORITHM = 'aes-256-gcm'
/** Format 1: one format byte, 12 bytes of nonce, the ciphertext, 16 bytes of tag. */
const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + NONCE_BYTES

/**
 * Seals a text (as UTF-8) or bytes with AES-256-GCM (NIST SP 800-38D) and binds it to its place.
 * Random nonces keep one key safe for 2³² seals.
 */
export function seal(key: SealingKey, plaintext: string | Buffer, place: Place): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES)
  header[0] = FORMAT
  writeNonce(header)
  const cipher = createCipheriv(ALGORITHM, key.bytes, header.subarray(1), { authTagLength: TAG_BYTES })
  cipher.setAAD(associatedData(key, place))
  const ciphertext = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext)
  cipher.final()
  return Buffer.concat([header, ciphertext, cipher.getAuthTag()])
}

/**
 * Opens what `seal` made with this key for this place.
 * @throws IntegrityError when a bit, the place or the key differs
 */
export function open(key: SealingKey, sealed: Buffer, place: Place): Buffer {
  if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== FORMAT) throw new IntegrityError()
  const tagAt = sealed.length - TAG_BYTES
  const nonce = sealed.subarray(1, HEADER_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(associatedData(key, place))
  decipher.setAuthTag(sealed.subarray(tagAt))
  const plaintext = decipher.update(sealed.subarray(HEADER_BYTES, tagAt))
  try {
    decipher.final()
  } catch {
    throw new IntegrityError()
  }
  return plaintext
}

/** Each part behind its length: no two places share an encoding. */
function associatedData(key: SealingKey, { table, column, rowId, version, subjectId }: Place): Buffer {
  const row = rowId.toLowerCase()
  const subject = subjectId.toLowerCase()
  return Buffer.from(
    `${FORMAT};${part(table)}${part(column)}${part(row)}${part(String(version))}${part(subject)}${part(key.id)}`,
  )
}

function part(text: string): string {
  return `${text.length}:${text}`
}

/** Random bytes are drawn for 512 nonces at a time: a draw costs 3 µs, as much as half a seal. */
const drawn = Buffer.alloc(512 * NONCE_BYTES)
let used = drawn.length

function writeNonce(header: Buffer): void {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  drawn.copy(header, 1, used, used + NONCE_BYTES)
  used += NONCE_BYTES
}
