import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { within } from '../../../test/within.ts'
import { addAccount } from '../../../test/world.ts'
import { openProcesses, type Pair, type Processes } from './test-processes.ts'

/** Long enough that chance has had its say. */
const RENEWALS = 200
const AT_ONCE = 50
const LEAVINGS = 500

describe('a session on three processes', () => {
  let processes: Processes
  let maya: string
  before(async () => {
    processes = await openProcesses()
    maya = await addAccount(processes.house, 'Maya')
  })
  after(() => processes[Symbol.asyncDispose]())

  it(`has one living chain after ${AT_ONCE} renewals of one token at once, ${RENEWALS} times over`, async () => {
    const { house, urls, newSession, refresh, asked } = processes
    let pair = await newSession(maya)
    for (let round = 0; round < RENEWALS; round++) {
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, i) => refresh(urls[i % 3] as string, pair.refreshToken)),
      )
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
      assert.equal(new Set(answers.map(({ pair }) => pair.refreshToken)).size, 1, 'one successor')
      pair = (answers[round % AT_ONCE] as { pair: Pair }).pair
    }
    assert.deepEqual(await Promise.all(urls.map((url) => asked(url, pair.accessToken))), [200, 200, 200])
    const rows = await house.sql('select generation from sessions where account_id = $1 and ended_at is null', [maya])
    assert.deepEqual(rows, [{ generation: RENEWALS + 1 }])
  })

  it(`leaves nothing alive when renewals race signing out, ${LEAVINGS} times over`, async () => {
    for (let round = 0; round < LEAVINGS; round += 10) await Promise.all(Array.from({ length: 10 }, leaveWhileRenewing))
  })

  async function leaveWhileRenewing(): Promise<void> {
    const { urls, newSession, refresh, asked } = processes
    const [here, there, elsewhere] = urls
    const first = await newSession(maya)
    await Promise.all(urls.map((url) => asked(url, first.accessToken)))
    const [left, ...answers] = await Promise.all([
      asked(there, first.accessToken, 'POST', '/auth/logout'),
      refresh(here, first.refreshToken),
      refresh(elsewhere, first.refreshToken),
    ])
    assert.equal(left, 204)
    const pairs = [first, ...answers.filter(({ status }) => status === 200).map(({ pair }) => pair)]
    const statuses = await Promise.all(pairs.map(({ refreshToken }) => refresh(here, refreshToken)))
    assert.ok(statuses.every(({ status }) => status === 401))
    for (const { accessToken } of pairs) {
      for (const url of urls) await within(2_000, async () => (await asked(url, accessToken)) === 401)
    }
  }
})
