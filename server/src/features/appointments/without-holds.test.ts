import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutHolds } from './without-holds.ts'

test('what a hold has reserved is taken out, and neither what ends as it begins nor what begins as it ends', () => {
  const held = (from: number, to: number) => ({ holdId: 'a', subjectId: 'lind', span: { from, to } })
  const busy = new Map([['lind', [100, 200, 200, 300, 300, 400]]])
  assert.deepEqual(withoutHolds(busy, [held(200, 300)]).get('lind'), [100, 200, 300, 400])
  assert.deepEqual(withoutHolds(busy, [held(200, 250)]).get('lind'), [100, 200, 200, 300, 300, 400])
  assert.deepEqual(withoutHolds(busy, [held(0, 100)]).get('lind'), [100, 200, 200, 300, 300, 400])
  assert.deepEqual(
    withoutHolds(new Map([['lind', [100, 200, 300, 400]]]), [held(200, 300)]).get('lind'),
    [100, 200, 300, 400],
  )
  assert.deepEqual(withoutHolds(busy, [{ ...held(200, 300), subjectId: 'adams' }]), busy)
})
