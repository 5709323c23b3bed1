import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { IntegrityError, sealingKey } from '../keys/envelope.ts'
import { CHUNK_BYTES, openStream, type StreamSeal, sealStream } from './sealed-stream.ts'

const SEALED = CHUNK_BYTES + 48

const place = { table: 'stored_files', column: 'content', rowId: 'a', version: 1, subjectId: 'rex' }
const sealWith = (secret: Buffer, at = {}): StreamSeal => {
  const key = sealingKey(secret, 'key', 'test')
  return { place: { ...place, ...at }, key: () => key }
}

test('opens what it sealed, any part of it, and reads no more than the chunks of that part', async () => {
  const sizes = fc.oneof(
    fc.integer({ min: 1, max: 300_000 }),
    fc.constantFrom(1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES),
  )
  const cases = fc.record({ bytes: sizes, a: fc.nat(), b: fc.nat(), piece: fc.integer({ min: 1_000, max: 200_000 }) })
  await fc.assert(
    fc.asyncProperty(cases, async ({ bytes, a, b, piece }) => {
      const plain = randomBytes(bytes)
      const seal = sealWith(randomBytes(32))
      const sealed = await collect(sealStream(inPieces(plain, piece), seal))
      const [from, to] = [a % bytes, b % bytes].toSorted((x, y) => x - y) as [number, number]
      let read = 0
      const opened = openStream(
        (range) => {
          read = range.to + 1 - range.from
          return inPieces(sealed.subarray(range.from, range.to + 1), piece)
        },
        bytes,
        { from, to },
        seal,
      )
      assert.ok((await collect(opened)).equals(plain.subarray(from, to + 1)))
      assert.ok(read <= (Math.floor(to / CHUNK_BYTES) - Math.floor(from / CHUNK_BYTES) + 1) * SEALED)
    }),
    { numRuns: 60 },
  )
})

test('opens nothing that was cut short, lengthened, reordered, altered, moved, or sealed for another', async () => {
  const bytes = 3 * CHUNK_BYTES + 500
  const plain = randomBytes(bytes)
  const secret = randomBytes(32)
  const seal = sealWith(secret)
  const sealed = await collect(sealStream(inPieces(plain, 50_000), seal))
  const others = await collect(sealStream(inPieces(plain, 50_000), sealWith(randomBytes(32))))
  const chunk = (n: number, of = sealed) => of.subarray(n * SEALED, (n + 1) * SEALED)
  const flipped = (at: number) => {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] as number) ^ 1
    return changed
  }
  const opens = (stored: Buffer, length = bytes, by = seal) =>
    collect(
      openStream(
        ({ from, to }) => inPieces(stored.subarray(from, to + 1), 9_999),
        length,
        { from: 0, to: length - 1 },
        by,
      ),
    )

  assert.ok((await opens(sealed)).equals(plain))
  const damaged: Record<string, () => Promise<Buffer>> = {
    'without its last chunk': () => opens(sealed.subarray(0, 3 * SEALED)),
    'without its last chunk, and said to be shorter': () => opens(sealed.subarray(0, 3 * SEALED), 3 * CHUNK_BYTES),
    'without its last byte': () => opens(sealed.subarray(0, -1)),
    'said to be shorter': () => opens(sealed, bytes - 1),
    'said to be longer': () => opens(sealed, bytes + 1),
    'with two chunks swapped': () => opens(Buffer.concat([chunk(1), chunk(0), chunk(2), chunk(3)])),
    'with a chunk twice': () => opens(Buffer.concat([chunk(0), chunk(0), chunk(2), chunk(3)])),
    'with the last chunk early': () => opens(Buffer.concat([chunk(0), chunk(3)]), CHUNK_BYTES + 500),
    "with another file's chunk": () => opens(Buffer.concat([chunk(0), chunk(1, others), chunk(2), chunk(3)])),
    'with a bit of the commitment flipped': () => opens(flipped(SEALED + 3)),
    'with a bit of the ciphertext flipped': () => opens(flipped(2 * SEALED + 1_000)),
    'with a bit of the tag flipped': () => opens(flipped(sealed.length - 1)),
    'under another key': () => opens(sealed, bytes, sealWith(randomBytes(32))),
    'of another row': () => opens(sealed, bytes, sealWith(secret, { rowId: 'b' })),
    'of another pet': () => opens(sealed, bytes, sealWith(secret, { subjectId: 'mimi' })),
    'that is not there': () => opens(Buffer.alloc(0)),
  }
  for (const [name, opening] of Object.entries(damaged)) await assert.rejects(opening, IntegrityError, name)
})

test('shows nothing of a chunk that does not open, and all of those before', async () => {
  const plain = randomBytes(2 * CHUNK_BYTES)
  const seal = sealWith(randomBytes(32))
  const sealed = await collect(sealStream(inPieces(plain, 50_000), seal))
  sealed.fill(0, SEALED + 100, SEALED + 200)
  const shown: Buffer[] = []
  await assert.rejects(async () => {
    const opened = openStream(() => inPieces(sealed, 50_000), plain.length, { from: 0, to: plain.length - 1 }, seal)
    for await (const part of opened) shown.push(Buffer.from(part))
  }, IntegrityError)
  assert.ok(Buffer.concat(shown).equals(plain.subarray(0, CHUNK_BYTES)))
})

test('asks for its key anew for each chunk, and stops where there is none any more', async () => {
  const key = sealingKey(randomBytes(32), 'key', 'test')
  let asked = 0
  const closing: StreamSeal = {
    place,
    key: () => {
      if (++asked > 2) throw new IntegrityError()
      return key
    },
  }
  const chunks: Buffer[] = []
  await assert.rejects(async () => {
    for await (const chunk of sealStream(inPieces(Buffer.alloc(4 * CHUNK_BYTES), 50_000), closing)) chunks.push(chunk)
  }, IntegrityError)
  assert.equal(chunks.length, 2)
})

async function* inPieces(bytes: Buffer, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

async function collect(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const part of parts) all.push(Buffer.from(part))
  return Buffer.concat(all)
}
