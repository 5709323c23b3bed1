import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { blindIndex } from './blind-index.ts'
import { openKeyring } from './keyring.ts'

const folder = await mkdtemp(join(tmpdir(), 'petra-blind-index-'))
after(() => rm(folder, { recursive: true }))
const keyring = await openKeyring(folder)

const spellings = {
  email: ['maya@example.test', ' Maya@Example.TEST ', 'ｍａｙａ@example.test'],
  phone: ['+1 555 010 0000', '+1-(555)-010-0000', '+15550100000'],
  address: ['12 Elm Street, Springfield', '12  elm street,\nSpringfield ', '１２ Elm Street, Springfield'],
} as const

for (const field of ['email', 'phone', 'address'] as const) {
  test(`finds every spelling of one ${field} under one index`, () => {
    const indexes = spellings[field].map((value) => blindIndex(keyring, field, value))
    assert.equal(indexes[0]?.length, 32)
    for (const index of indexes) assert.deepEqual(index, indexes[0])
  })
}

test('tells values apart, and fields of the same value', () => {
  assert.notDeepEqual(
    blindIndex(keyring, 'email', 'maya@example.test'),
    blindIndex(keyring, 'email', 'mayb@example.test'),
  )
  assert.notDeepEqual(blindIndex(keyring, 'phone', '+15550100000'), blindIndex(keyring, 'phone', '+15550100001'))
  assert.notDeepEqual(blindIndex(keyring, 'email', '+15550100000'), blindIndex(keyring, 'phone', '+15550100000'))
})

test('gives indexes that mean nothing without the key', async () => {
  const foreign = await openKeyring(join(folder, 'foreign'))
  assert.notDeepEqual(blindIndex(foreign, 'phone', '+15550100000'), blindIndex(keyring, 'phone', '+15550100000'))
})
