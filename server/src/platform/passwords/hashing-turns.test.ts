import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { inTurn } from './hashing-turns.ts'

test('works on a few at once, in the order they came, and refuses more than can wait', async () => {
  const atOnce = Math.min(3, Math.max(1, availableParallelism() - 1))
  let working = 0
  let most = 0
  const order: number[] = []
  const outcomes = await Promise.allSettled(
    Array.from({ length: 400 }, (_, i) =>
      inTurn(async () => {
        most = Math.max(most, ++working)
        order.push(i)
        await wait(1)
        working--
        if (i % 50 === 0) throw new Error('one that fails gives its turn away all the same')
      }),
    ),
  )
  assert.equal(most, atOnce)
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
  )
  assert.equal(order.length, 300 + atOnce)
  const last = outcomes.at(-1)
  assert.ok(last?.status === 'rejected' && last.reason.code === 'service.unavailable')
  assert.equal(await inTurn(async () => 'free again'), 'free again')
})
