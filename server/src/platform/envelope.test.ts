import assert from 'node:assert/strict'
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { test } from 'node:test'
import { IntegrityError, open, type Place, seal } from './envelope.ts'

const key = { id: randomUUIDv7(), bytes: randomBytes(32) }
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

test('does not open under another key, nor under the same bytes with another id', () => {
  const sealed = seal(key, 'secret', place)
  assert.throws(() => open({ ...key, bytes: randomBytes(32) }, sealed, place), IntegrityError)
  assert.throws(() => open({ ...key, id: randomUUIDv7() }, sealed, place), IntegrityError)
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
