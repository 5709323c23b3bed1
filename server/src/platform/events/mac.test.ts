import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { openMac } from './mac.ts'

test('a MAC is the HMAC-SHA-256 of Node, cut to half', () => {
  const key = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes))
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 2_000, size: 'max' }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(key, texts, (secret, all) => {
      const mac = openMac(secret)
      for (const text of [...all, 'ü€🐕'.repeat(1_000), ''])
        assert.equal(mac(text), createHmac('sha256', secret).update(text).digest('hex').slice(0, 32))
    }),
    { numRuns: 50 },
  )
  assert.throws(() => openMac(Buffer.alloc(65)), RangeError)
})
