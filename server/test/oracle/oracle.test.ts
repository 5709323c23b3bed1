import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { Worker } from 'node:worker_threads'
import { inEngine } from './in-engine.ts'
import type { GroupOnTheWire } from './judge-on-the-wire.ts'
import { offersOf } from './oracle.ts'
import { randomCase } from './random-case.ts'
import { replayable } from './replayable.ts'
import { UNOFFERED, unofferedStarts } from './unoffered.ts'

/**
 * By hand, `ORACLE_CASES=1000000 npm test -- server/test/oracle/oracle.test.ts` puts one case in a hundred into a database and
 * books it through; by itself the test does so with one in five hundred, to end within a minute.
 */
const byHand = process.env.ORACLE_CASES
const CASES = Number(byHand ?? 20_000)
const WIRED = byHand ? 100 : 500
const FIRST_SEED = Number(process.env.ORACLE_SEED ?? 1)
/** Cases that share a database, at the most. */
const TOGETHER = 50
const THREADS = 2

/** Questions are asked of the database at instants from which a change of some clock is near. */
const moments = [
  '2026-12-01T10:00Z',
  '2027-03-10T22:07Z',
  '2027-04-02T15:30Z',
  '2027-10-28T03:00Z',
  '2028-03-25T12:00Z',
]

describe('the search and the booking', () => {
  it(`agree with the oracle in ${CASES} random companies`, () => {
    let offered = 0
    for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      replayable(seed, () => {
        const one = randomCase(seed)
        const offers = offersOf(one)
        const engine = inEngine(one)
        assert.deepEqual(engine.search(), offers)
        offered += offers.length
        if (seed % 100 !== 0) return
        for (const { startsAt, locationId, providerIds } of offers)
          assert.deepEqual(engine.bookable(startsAt, locationId), providerIds)
        for (const { startsAt, locationId } of unofferedStarts(one, offers, UNOFFERED))
          assert.deepEqual(engine.bookable(startsAt, locationId), [])
      })
    }
    assert.ok(CASES < 1000 || offered > 5 * CASES, `only ${offered} starts were offered`)
  })

  it('agree with it over HTTP: what is offered is booked, and nothing else', async () => {
    const seeds = Array.from({ length: Math.ceil(CASES / WIRED) }, (_, n) => FIRST_SEED + n)
    const groups = moments.flatMap((moment, nth) => {
      const { epochMilliseconds: now } = Temporal.Instant.from(moment)
      const ofMoment = seeds.filter((seed) => seed % moments.length === nth)
      const count = Math.ceil(ofMoment.length / TOGETHER)
      return Array.from({ length: count }, (_, n) => ({ now, seeds: ofMoment.slice(n * TOGETHER, (n + 1) * TOGETHER) }))
    })
    const shares = Array.from({ length: THREADS }, (_, thread) => groups.filter((_, nth) => nth % THREADS === thread))
    await Promise.all(shares.map(judgeOnTheWire))
  })
})

async function judgeOnTheWire(groups: readonly GroupOnTheWire[]): Promise<void> {
  const thread = new Worker(new URL('judge-on-the-wire.ts', import.meta.url), { workerData: groups })
  const [code] = await once(thread, 'exit')
  assert.equal(code, 0)
}
