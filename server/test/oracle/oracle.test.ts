import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openHouse } from '../setup.ts'
import { inEngine } from './in-engine.ts'
import { assertNextOnTheWire, bookOnTheWire, searchOnTheWire } from './on-the-wire.ts'
import { offersOf } from './oracle.ts'
import { randomCase } from './random-case.ts'
import { stageCases } from './stage-cases.ts'
import { unofferedStarts } from './unoffered.ts'

/**
 * By hand, `ORACLE_CASES=1000000 npm test -- server/test/oracle/oracle.test.ts` puts one case in a hundred into a database and
 * books it through; by itself the test does so with one in five hundred, to end within a minute.
 */
const byHand = process.env.ORACLE_CASES
const CASES = Number(byHand ?? 20_000)
const WIRED = byHand ? 100 : 500
const FIRST_SEED = Number(process.env.ORACLE_SEED ?? 1)
/** Cases that share a database. */
const TOGETHER = 20
const UNOFFERED = 100

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
    for (let first = 0; first < seeds.length; first += TOGETHER) {
      await using house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '8' })
      const now = Temporal.Instant.from(moments[(first / TOGETHER) % moments.length] as string).epochMilliseconds
      const cases = seeds.slice(first, first + TOGETHER).map((seed) => randomCase(seed, now))
      const owners = await stageCases(house, cases)
      // The house is open until the last of them is done, also where one fails.
      const judged = await Promise.allSettled(
        cases.map((one, index) =>
          replayable(one.seed, async () => {
            const ownerId = owners[index] as string
            const offers = offersOf(one)
            assert.deepEqual(await searchOnTheWire(house, ownerId, one), offers)
            await assertNextOnTheWire(house, ownerId, one, offers)
            await bookOnTheWire(house, ownerId, one, offers, unofferedStarts(one, offers, UNOFFERED))
          }),
        ),
      )
      for (const one of judged) if (one.status === 'rejected') throw one.reason
    }
  })
})

/** Says with a failure which case it was. */
function replayable<T>(seed: number, check: () => T): T {
  const failed = (error: unknown): never => {
    throw new Error(`Replay it with ORACLE_CASES=1 ORACLE_SEED=${seed}`, { cause: error })
  }
  try {
    const result = check()
    return result instanceof Promise ? (result.catch(failed) as T) : result
  } catch (error) {
    return failed(error)
  }
}
