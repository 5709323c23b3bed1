import { createCipheriv, createDecipheriv } from 'node:crypto'
import { freeMemoryOf } from '../free-memory.ts'
import { bindingOf, IntegrityError, type Place, type SealingKey } from '../keys/envelope.ts'

/** Plaintext bytes of a chunk: a range costs one chunk more than it holds, at most, at either end. */
export const CHUNK_BYTES = 65_536

/** What is sealed chunk by chunk, and how to get at its key: it is asked for anew for each chunk, since keys close. */
export interface StreamSeal {
  readonly place: Place
  readonly key: () => SealingKey | Promise<SealingKey>
}

/** The first and the last byte, both included. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

const ALGORITHM = 'aes-256-gcm'
const COMMITMENT_BYTES = 32
const TAG_BYTES = 16
/** A chunk is stored as the commitment to its key, the ciphertext and the tag. */
const SEAL_BYTES = COMMITMENT_BYTES + TAG_BYTES
const SEALED_CHUNK_BYTES = CHUNK_BYTES + SEAL_BYTES

/**
 * Seals a stream in chunks by the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): AES-256-GCM with the
 * chunk's number and whether it is the last in its nonce, so that chunks that are missing, swapped or added are found. The key
 * has to be made for this one stream, since its nonces are counted, not drawn. Every yield is the same memory.
 */
export async function* sealStream(content: AsyncIterable<Uint8Array>, seal: StreamSeal): AsyncGenerator<Buffer> {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  const sealed = Buffer.alloc(SEALED_CHUNK_BYTES)
  let filled = 0
  let index = 0
  try {
    for await (const piece of content) {
      for (let at = 0; at < piece.length; ) {
        if (filled === CHUNK_BYTES) {
          yield sealChunk(await seal.key(), seal.place, chunk, index++, false, sealed)
          filled = 0
        }
        const taken = piece.subarray(at, at + CHUNK_BYTES - filled)
        chunk.set(taken, filled)
        filled += taken.length
        at += taken.length
      }
    }
    yield sealChunk(await seal.key(), seal.place, chunk.subarray(0, filled), index, true, sealed)
  } finally {
    chunk.fill(0)
  }
}

/**
 * Opens a part of what `sealStream` made, and reads no chunk that is not in it.
 * @param read gives the sealed bytes of a range
 * @param bytes how many were sealed
 * @throws IntegrityError as soon as a chunk does not open; nothing of that chunk is shown
 */
export async function* openStream(
  read: (range: ByteRange) => AsyncIterable<Uint8Array>,
  bytes: number,
  { from, to }: ByteRange,
  seal: StreamSeal,
): AsyncGenerator<Buffer> {
  const last = Math.max(0, Math.ceil(bytes / CHUNK_BYTES) - 1)
  let index = Math.floor(from / CHUNK_BYTES)
  const until = Math.min(last, Math.floor(to / CHUNK_BYTES))
  const sealedBytes = bytes + (last + 1) * SEAL_BYTES
  const sealed = read({
    from: index * SEALED_CHUNK_BYTES,
    to: Math.min((until + 1) * SEALED_CHUNK_BYTES, sealedBytes) - 1,
  })
  for await (const chunk of inChunks(sealed)) {
    if (index > until) throw new IntegrityError()
    const opened = openChunk(await seal.key(), seal.place, chunk, index, index === last)
    const start = index * CHUNK_BYTES
    if (opened.length !== Math.min(CHUNK_BYTES, bytes - start)) throw new IntegrityError()
    index++
    yield opened.subarray(Math.max(0, from - start), to - start + 1)
  }
  if (index <= until) throw new IntegrityError()
}

/** Every yield is the same memory; what is shorter is the last. */
async function* inChunks(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const chunk = Buffer.alloc(SEALED_CHUNK_BYTES)
  let filled = 0
  for await (const piece of content) {
    for (let at = 0; at < piece.length; ) {
      const taken = piece.subarray(at, at + SEALED_CHUNK_BYTES - filled)
      chunk.set(taken, filled)
      filled += taken.length
      at += taken.length
      if (filled < SEALED_CHUNK_BYTES) continue
      yield chunk
      filled = 0
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled)
}

/** @param into where the sealed chunk is put */
function sealChunk(key: SealingKey, place: Place, chunk: Buffer, index: number, isLast: boolean, into: Buffer): Buffer {
  const cipher = createCipheriv(ALGORITHM, key.bytes, nonce(index, isLast), { authTagLength: TAG_BYTES })
  cipher.setAAD(bindingOf(key, place))
  const ciphertext = cipher.update(chunk)
  cipher.final()
  into.set(key.commitment)
  into.set(ciphertext, COMMITMENT_BYTES)
  into.set(cipher.getAuthTag(), COMMITMENT_BYTES + chunk.length)
  freeMemoryOf(ciphertext)
  return into.subarray(0, chunk.length + SEAL_BYTES)
}

function openChunk(key: SealingKey, place: Place, sealed: Buffer, index: number, isLast: boolean): Buffer {
  if (sealed.length < SEAL_BYTES) throw new IntegrityError()
  if (key.commitment.compare(sealed, 0, COMMITMENT_BYTES) !== 0) throw new IntegrityError()
  const tagAt = sealed.length - TAG_BYTES
  const decipher = createDecipheriv(ALGORITHM, key.bytes, nonce(index, isLast), { authTagLength: TAG_BYTES })
  decipher.setAAD(bindingOf(key, place))
  decipher.setAuthTag(sealed.subarray(tagAt))
  const plaintext = decipher.update(sealed.subarray(COMMITMENT_BYTES, tagAt))
  try {
    decipher.final()
  } catch {
    throw new IntegrityError()
  }
  return plaintext
}

/** 7 bytes of zero, 4 of the chunk's number, 1 that says whether it is the last. */
function nonce(index: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(index, 7)
  bytes[11] = isLast ? 1 : 0
  return bytes
}
