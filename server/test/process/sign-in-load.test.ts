import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { password } from '../../src/demo/cast.ts'
import { type Petra, startPetra } from './start-petra.ts'

const email = 'owner@petra.example'
const MOST_MS = 100

describe('many who sign in at once', { timeout: 600_000 }, () => {
  let petra: Petra
  before(async () => {
    petra = await startPetra()
  })
  after(() => petra[Symbol.asyncDispose]())

  /** The machine may have a bad moment of its own: the best of five rounds counts. */
  it('do not starve the others: 99 of 100 searches are answered in 100 ms while 200 sign in', async () => {
    const rounds: number[] = []
    while (rounds.length < 5 && Math.min(...rounds) > MOST_MS) rounds.push(await worstWhile(signInAll(200)))
    assert.ok(Math.min(...rounds) < MOST_MS, `${rounds.map(Math.round).join(', ')} ms`)
  })

  it('are told to come back when they are too many, not kept waiting', async () => {
    const answers = await signInAll(450)
    const refused = answers.filter(({ status }) => status === 503)
    assert.ok(refused.length > 0 && refused.length <= 150, `${refused.length}`)
    assert.ok(refused.every(({ retryAfter }) => retryAfter === '1'))
    assert.ok(answers.every(({ status }) => status === 200 || status === 503))
  })

  function signInAll(count: number) {
    return Promise.all(
      Array.from({ length: count }, async () => {
        const response = await fetch(`${petra.url}/auth/login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password }),
        })
        await response.arrayBuffer()
        return { status: response.status, retryAfter: response.headers.get('retry-after') }
      }),
    )
  }

  /** The 99th percentile of how long `GET /services` takes until the work is done, in milliseconds. */
  async function worstWhile(work: Promise<{ status: number }[]>): Promise<number> {
    let isDone = false
    const answers = work.finally(() => {
      isDone = true
    })
    const times: number[] = []
    while (!isDone) {
      const startedAt = performance.now()
      await (await fetch(`${petra.url}/services`)).arrayBuffer()
      times.push(performance.now() - startedAt)
      await wait(5)
    }
    assert.ok((await answers).every(({ status }) => status === 200))
    times.sort((a, b) => a - b)
    return times[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN
  }
})
