import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freeMemoryOf } from './free-memory.ts'

test('memory is given back at once where it is all of it, and left alone where it is a part of something', () => {
  const whole = Buffer.alloc(65_536, 1)
  freeMemoryOf(whole)
  assert.deepEqual([whole.length, whole.buffer.byteLength], [0, 0])

  const pooled = Buffer.from('one of many in a pool')
  const cut = Buffer.alloc(100, 1)
  for (const part of [pooled, cut.subarray(0, 99), cut.subarray(1)]) freeMemoryOf(part)
  assert.equal(pooled.toString(), 'one of many in a pool')
  assert.ok(cut.equals(Buffer.alloc(100, 1)))
})
