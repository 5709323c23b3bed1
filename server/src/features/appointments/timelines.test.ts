import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CHUNK_SECONDS, openTimelines } from './timelines.ts'

const CHUNK = CHUNK_SECONDS * 1000
const stretchOf = (chunk: number) => ({ subjectId: 'jo', chunk })
const all = (chunk: number) => ({ from: chunk * CHUNK, to: (chunk + 1) * CHUNK })

describe('timelines', () => {
  it('show a reservation once that reaches from one stretch into the next, and give it back in both', () => {
    const timelines = openTimelines()
    const across = { from: 2 * CHUNK - 60, to: 2 * CHUNK + 60 }
    for (const chunk of [1, 2]) timelines.keep(stretchOf(chunk), [across.from, across.to])
    const everything = { from: CHUNK, to: 3 * CHUNK }
    timelines.take('jo', across)
    assert.deepEqual(timelines.within('jo', everything), [across.from, across.to])
    timelines.free('jo', across)
    assert.deepEqual(timelines.within('jo', everything), [])
  })

  it('have another stamp after a change within the span, and the same one else', () => {
    const timelines = openTimelines()
    for (const chunk of [1, 2]) timelines.keep(stretchOf(chunk), [])
    const [first, second] = [timelines.stamp(['jo'], all(1)), timelines.stamp(['jo'], all(2))]
    timelines.take('jo', { from: CHUNK, to: CHUNK + 60 })
    timelines.free('jo', { from: 2 * CHUNK, to: 2 * CHUNK + 60 })
    assert.notEqual(timelines.stamp(['jo'], all(1)), first)
    assert.equal(timelines.stamp(['jo'], all(2)), second)
    assert.notEqual(timelines.stamp(['jo'], all(3)), timelines.stamp(['jo'], all(3)))
  })

  it('let go of what nobody asks for when it becomes too much, and of nothing else', () => {
    const timelines = openTimelines(100)
    const times = Array.from({ length: 20 }, (_, n) => n)
    for (let chunk = 0; chunk < 1_000; chunk++) {
      assert.deepEqual(chunk > 0 ? timelines.missing(['jo'], all(0)) : [], [])
      timelines.age()
      timelines.keep(stretchOf(chunk), times)
    }
    const kept = Array.from({ length: 1_000 }, (_, chunk) => chunk).filter(
      (chunk) => timelines.missing(['jo'], all(chunk)).length === 0,
    )
    assert.ok(kept.includes(0) && kept.includes(999) && kept.length <= 12, `${kept.length} stretches are kept`)
  })
})
