import assert from 'node:assert/strict'
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { test } from 'node:test'
import { IntegrityError, open, type Place, SEAL_BYTES, seal, sealingKey } from './envelope.ts'
import { openingUnderBoth } from './test-key-collision.ts'

const secret = randomBytes(32)
const key = sealingKey(secret, randomUUIDv7(), 'production')
const place: Place = {
  table: 'medical_records',
  column: 'content',
  rowId: randomUUIDv7(),
  version: 3,
  subjectId: randomUUIDv7(),
}

test('opens what was sealed, text or bytes, long or empty', () => {
  for (const text of ['', 'Rex limps on the left hind leg — since Tuesday 🐕', 'x'.repeat(100_000)]) {
    assert.equal(open(key, seal(key, text, place), place).toString(), text)
    assert.deepEqual(open(key, seal(key, Buffer.from(text), place), place), Buffer.from(text))
  }
})

test('hides the text, and seals it differently each time', () => {
  const sealed = Array.from({ length: 5_000 }, () => seal(key, 'allergic to penicillin', place))
  assert.equal(sealed[0]?.includes('penicillin'), false)
  const nonces = new Set(sealed.map((cell) => cell.subarray(1, 13).toString('hex')))
  assert.equal(nonces.size, sealed.length)
})

const elsewhere: Record<keyof Place, Partial<Place>> = {
  table: { table: 'medical_record_versions' },
  column: { column: 'reason' },
  rowId: { rowId: randomUUIDv7() },
  version: { version: 4 },
  subjectId: { subjectId: randomUUIDv7() },
}
for (const [component, difference] of Object.entries(elsewhere)) {
  test(`does not open at another ${component}`, () => {
    const sealed = seal(key, 'secret', place)
    assert.throws(() => open(key, sealed, { ...place, ...difference }), IntegrityError)
  })
}

test('tells places apart whose parts read the same in a row', () => {
  const sealed = seal(key, 'secret', { ...place, table: 'records', column: '7:content' })
  assert.throws(() => open(key, sealed, { ...place, table: 'records7:', column: 'content' }), IntegrityError)
})

test('opens by any spelling of a row or subject id', () => {
  const sealed = seal(key, 'secret', place)
  const shouted = { ...place, rowId: place.rowId.toUpperCase(), subjectId: place.subjectId.toUpperCase() }
  assert.equal(open(key, sealed, shouted).toString(), 'secret')
})

test('does not open under another key, nor under the same with another id or in another environment', () => {
  const sealed = seal(key, 'secret', place)
  for (const other of [
    sealingKey(randomBytes(32), key.id, 'production'),
    sealingKey(secret, randomUUIDv7(), 'production'),
    sealingKey(secret, key.id, 'trial'),
  ]) {
    assert.throws(() => open(other, sealed, place), IntegrityError)
  }
})

test('does not open under a second key that its ciphertext was made to fit as well', () => {
  const other = sealingKey(randomBytes(32), key.id, 'production')
  const [underOne, underOther] = openingUnderBoth(key, other, place)
  assert.equal(open(key, underOne, place).length, 16)
  assert.equal(open(other, underOther, place).length, 16)
  const committed = (sealed: Buffer) => sealed.subarray(13, 45)
  assert.deepEqual(
    [underOne.subarray(45), committed(underOne)],
    [underOther.subarray(45), key.commitment],
    'one ciphertext, one tag',
  )
  assert.throws(() => open(other, underOne, place), IntegrityError)
  assert.throws(() => open(key, underOther, place), IntegrityError)
})

test('neither key nor commitment tells the secret, and the commitment not the key', () => {
  const again = sealingKey(secret, 'another', 'trial')
  assert.deepEqual([again.bytes, again.commitment], [key.bytes, key.commitment])
  assert.equal(new Set([secret, key.bytes, key.commitment].map((bytes) => bytes.toString('hex'))).size, 3)
})

test('adds 61 bytes', () => {
  assert.equal(seal(key, 'secret', place).length, 6 + SEAL_BYTES)
  assert.equal(SEAL_BYTES, 61)
})

test('refuses every flipped bit', () => {
  const sealed = seal(key, 'a visit note', place)
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const altered = Buffer.from(sealed)
    altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7))
    assert.throws(() => open(key, altered, place), IntegrityError, `bit ${bit}`)
  }
})

test('refuses every shortened cell, and one with a byte more', () => {
  const sealed = seal(key, 'a visit note', place)
  for (let length = 0; length < sealed.length; length++) {
    assert.throws(() => open(key, sealed.subarray(0, length), place), IntegrityError, `${length} bytes`)
  }
  assert.throws(() => open(key, Buffer.concat([sealed, Buffer.alloc(1)]), place), IntegrityError)
})

test('says nothing of the content when it refuses', () => {
  const sealed = seal(key, 'secret', place)
  const refused = (differing: Place) => {
    try {
      return open(key, sealed, differing)
    } catch (error) {
      return JSON.stringify([error, (error as Error).message, (error as Error).cause])
    }
  }
  assert.equal(refused({ ...place, version: 4 }), refused({ ...place, column: 'reason' }))
  assert.doesNotMatch(String(refused({ ...place, version: 4 })), /secret|medical/)
})

test('opens any cell after any other as if it were the first', () => {
  const trial = sealingKey(secret, key.id, 'trial')
  const other = sealingKey(randomBytes(32), randomUUIDv7(), 'production')
  const rowIds = [place.rowId, randomUUIDv7().toUpperCase(), '', 'a', 'é', 'İ', '\u212a', '犬']
  const cells = [key, trial, other].flatMap((by) =>
    [{}, ...Object.values(elsewhere), { table: 'médical' }].flatMap((difference) =>
      rowIds.map((rowId) => {
        const at = { ...place, rowId, ...difference }
        return { by, at, sealed: seal(by, 'secret', at) }
      }),
    ),
  )
  for (const former of cells)
    for (const { by, at, sealed } of cells) {
      open(former.by, former.sealed, former.at)
      assert.equal(open(by, sealed, at).toString(), 'secret')
    }
})
