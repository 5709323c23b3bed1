import { createCipheriv, createDecipheriv, hkdfSync, randomFillSync } from 'node:crypto'

/** A key of 32 bytes, and what the cells it seals are bound to besides their place. */
export interface SealingKey {
  readonly id: string
  /** Which of several companies, or of production and trial, it belongs to. */
  readonly environment: string
  readonly bytes: Buffer
  /** 32 bytes that no other key has: they stand in every cell. */
  readonly commitment: Buffer
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
/** Format 2: one format byte, 12 bytes of nonce, 32 bytes of key commitment, the ciphertext, 16 bytes of tag. */
const FORMAT = 2
const NONCE_BYTES = 12
const COMMITMENT_BYTES = 32
const TAG_BYTES = 16
const COMMITMENT_AT = 1 + NONCE_BYTES
const HEADER_BYTES = COMMITMENT_AT + COMMITMENT_BYTES
const OPTIONS = { authTagLength: TAG_BYTES }
const LAST_OF_ASCII = 0x7f

/** What a cell is longer than what it holds. */
export const SEAL_BYTES = HEADER_BYTES + TAG_BYTES

/**
 * Makes of a secret the key that seals and the commitment that is shown (HKDF-SHA-256, RFC 5869): AES-GCM alone lets somebody
 * who has two keys make one ciphertext that opens under both, to two texts; two keys with one commitment nobody finds.
 */
export function sealingKey(secret: Buffer, id: string, environment: string): SealingKey {
  const derived = Buffer.from(hkdfSync('sha256', secret, '', 'petra sealing key and commitment', 64))
  return { id, environment, bytes: derived.subarray(0, 32), commitment: derived.subarray(32) }
}

/**
 * Seals a text (as UTF-8) or bytes with AES-256-GCM (NIST SP 800-38D) and binds it to its place.
 * Random nonces keep one key safe for 2³² seals.
 */
export function seal(key: SealingKey, plaintext: string | Buffer, place: Place): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES)
  header[0] = FORMAT
  writeNonce(header)
  key.commitment.copy(header, COMMITMENT_AT)
  const cipher = createCipheriv(ALGORITHM, key.bytes, header.subarray(1, COMMITMENT_AT), OPTIONS)
  cipher.setAAD(bindingOf(key, place))
  const ciphertext = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext)
  cipher.final()
  return Buffer.concat([header, ciphertext, cipher.getAuthTag()])
}

/** Of the cell that is being opened. OpenSSL takes copies of both; a view of each, for every cell, is a tenth of what it costs to open one. */
const nonce = Buffer.alloc(NONCE_BYTES)
const tag = Buffer.alloc(TAG_BYTES)

/**
 * Opens what `seal` made with this key for this place.
 * @throws IntegrityError when a bit, the place or the key differs
 */
export function open(key: SealingKey, sealed: Buffer, place: Place): Buffer {
  if (sealed.length < SEAL_BYTES || sealed[0] !== FORMAT || !isCommittedTo(key, sealed)) throw new IntegrityError()
  const tagAt = sealed.length - TAG_BYTES
  fill(nonce, sealed, 1)
  fill(tag, sealed, tagAt)
  const decipher = createDecipheriv(ALGORITHM, key.bytes, nonce, OPTIONS)
  decipher.setAAD(passingBinding(key, place))
  decipher.setAuthTag(tag)
  const plaintext = decipher.update(sealed.subarray(HEADER_BYTES, tagAt))
  try {
    decipher.final()
  } catch {
    throw new IntegrityError()
  }
  return plaintext
}

/** Not secret: a comparison that takes its time tells nothing. */
function isCommittedTo({ commitment }: SealingKey, sealed: Buffer): boolean {
  for (let at = 0; at < COMMITMENT_BYTES; at++) if (commitment[at] !== sealed[COMMITMENT_AT + at]) return false
  return true
}

function fill(target: Buffer, source: Buffer, start: number): void {
  for (let at = 0; at < target.length; at++) target[at] = source[start + at] as number
}

/** What a cell is bound to, each part behind its length: no two places share an encoding. */
export function bindingOf(key: SealingKey, place: Place): Buffer {
  return Buffer.from(`${beforeRow(key, place)}${place.rowId.toLowerCase()}${afterRow(key, place)}`)
}

interface LastBinding {
  readonly bytes: Buffer
  readonly rowAt: number
  readonly rowLength: number
  readonly place: Place
  readonly keyId: string
  readonly environment: string
}

/** Of the cell that was opened last: the next one of a list shares all of it but its row's id. Nothing is sealed by it. */
let last: LastBinding | undefined

/** The same, good until the next one is asked for. */
function passingBinding(key: SealingKey, place: Place): Buffer {
  const row = place.rowId.toLowerCase()
  if (!last || !sharesAllButRow(last, key, place, row.length)) last = bindingOfAnyRow(key, place, row.length)
  const { bytes, rowAt } = last
  for (let at = 0; at < row.length; at++) {
    const code = row.charCodeAt(at)
    if (code > LAST_OF_ASCII) return bindingOf(key, place)
    bytes[rowAt + at] = code
  }
  return bytes
}

function bindingOfAnyRow(key: SealingKey, { ...place }: Place, rowLength: number): LastBinding {
  const anyRow = { ...place, rowId: ' '.repeat(rowLength) }
  const rowAt = Buffer.byteLength(beforeRow(key, anyRow))
  return { bytes: bindingOf(key, anyRow), rowAt, rowLength, place, keyId: key.id, environment: key.environment }
}

function sharesAllButRow(
  { place, rowLength, keyId, environment }: LastBinding,
  key: SealingKey,
  { table, column, version, subjectId }: Place,
  length: number,
): boolean {
  return (
    key.id === keyId &&
    key.environment === environment &&
    table === place.table &&
    column === place.column &&
    length === rowLength &&
    version === place.version &&
    subjectId === place.subjectId
  )
}

function beforeRow({ environment }: SealingKey, { table, column, rowId }: Place): string {
  return `${FORMAT};${part(environment)}${part(table)}${part(column)}${rowId.toLowerCase().length}:`
}

function afterRow({ id }: SealingKey, { version, subjectId }: Place): string {
  return `${part(String(version))}${part(subjectId.toLowerCase())}${part(id)}`
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
