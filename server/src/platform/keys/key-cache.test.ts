import assert from 'node:assert/strict'
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { beforeEach, test } from 'node:test'
import { DataKey } from './data-key.ts'
import { seal } from './envelope.ts'
import { type KeyCache, keyCacheLimits, openKeyCache } from './key-cache.ts'

const { entries, handedOutMs, graceMs, sweepMs } = keyCacheLimits
let time: number
let cache: KeyCache

beforeEach(() => {
  time = 0
  cache = openKeyCache(() => time)
})

test('no key is open for longer than 300 s, and whoever was given one last has 40 s to use it', () => {
  assert.ok(handedOutMs + graceMs + sweepMs <= 300_000)
  const { key, bytes } = keep('rex')
  time = handedOutMs - 1
  assert.equal(cache.get('rex'), key)
  time = handedOutMs
  assert.equal(cache.get('rex'), undefined)
  for (; time < handedOutMs + graceMs; time += sweepMs) cache.sweep()
  assert.ok(isOpen(bytes))
  cache.sweep()
  assert.ok(isZero(bytes))
})

test('zeroes in time a key that a late sweep finds', () => {
  const { bytes } = keep('rex')
  time = handedOutMs + graceMs
  cache.sweep()
  assert.ok(isZero(bytes))
})

test('keeps nothing of the secret that it was made of', () => {
  const secret = randomBytes(32)
  const key = new DataKey(randomUUIDv7(), 'rex', 'production', secret)
  assert.ok(isZero(secret) && isOpen(key.bytes))
})

test('seals nothing with a closed key', () => {
  const { key } = keep('rex')
  cache.close()
  const place = { table: 'medical_records', column: 'content', rowId: 'r', version: 1, subjectId: 'rex' }
  assert.throws(() => seal(key, 'secret', place), /closed/)
})

test('keeps the most recently used', () => {
  const first = keep('first')
  const second = keep('second')
  for (let index = 2; index < entries; index++) keep(`pet ${index}`)
  cache.get('first')
  keep('one more')
  assert.equal(cache.get('first'), first.key)
  assert.equal(cache.get('second'), undefined)
  assert.ok(isOpen(second.bytes))
  time = graceMs
  cache.sweep()
  assert.ok(isZero(second.bytes))
  assert.ok(isOpen(first.bytes))
})

test('replaces a key read twice, and closes the one replaced', () => {
  const first = keep('rex')
  const second = keep('rex')
  assert.equal(cache.get('rex'), second.key)
  time = graceMs
  cache.sweep()
  assert.ok(isZero(first.bytes))
  assert.ok(isOpen(second.bytes))
})

test('zeroes a forgotten subject at once, in the cache or in use, and no other', () => {
  const rex = keep('rex')
  const inUse = aKey('rex')
  cache.retire(inUse.key)
  const bella = keep('bella')
  cache.forget('rex')
  assert.equal(cache.get('rex'), undefined)
  assert.ok(isZero(rex.bytes) && isZero(inUse.bytes))
  assert.equal(cache.get('bella'), bella.key)
})

test('does not keep a key that was read before something was forgotten', () => {
  const epoch = cache.epoch()
  cache.forget('rex')
  const { key, bytes } = aKey('rex')
  cache.put('rex', key, epoch)
  assert.equal(cache.get('rex'), undefined)
  time = graceMs
  cache.sweep()
  assert.ok(isZero(bytes))
})

test('forgetting all hands out nothing again and leaves those in use their time', () => {
  const epoch = cache.epoch()
  const { bytes } = keep('rex')
  cache.forgetAll()
  assert.equal(cache.get('rex'), undefined)
  assert.ok(isOpen(bytes))
  cache.put('bella', aKey('bella').key, epoch)
  assert.equal(cache.get('bella'), undefined)
  time = graceMs
  cache.sweep()
  assert.ok(isZero(bytes))
})

test('hands out and keeps nothing while a destruction may have gone unheard', () => {
  let isCurrent = true
  const hearing = openKeyCache(
    () => time,
    () => isCurrent,
  )
  const [rex, bella] = [aKey('rex'), aKey('bella')]
  hearing.put('rex', rex.key, hearing.epoch())
  isCurrent = false
  assert.equal(hearing.get('rex'), undefined)
  hearing.put('bella', bella.key, hearing.epoch())
  isCurrent = true
  assert.equal(hearing.get('rex'), rex.key)
  assert.equal(hearing.get('bella'), undefined)
  time = graceMs
  hearing.sweep()
  assert.ok(isZero(bella.bytes))
})

test('closing zeroes everything', () => {
  const kept = keep('rex')
  const inUse = aKey('bella')
  cache.retire(inUse.key)
  cache.close()
  assert.ok(isZero(kept.bytes) && isZero(inUse.bytes))
})

/** A key whose name in the cache is its subject. */
function keep(subjectId: string) {
  const made = aKey(subjectId)
  cache.put(subjectId, made.key, cache.epoch())
  return made
}

function aKey(subjectId: string) {
  const key = new DataKey(randomUUIDv7(), subjectId, 'production', randomBytes(32))
  return { key, bytes: key.bytes }
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0)
}

function isOpen(bytes: Buffer): boolean {
  return !isZero(bytes)
}
