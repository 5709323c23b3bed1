import assert from 'node:assert/strict'
import { workerData } from 'node:worker_threads'
import { openRequests } from '../keep-alive-request.ts'
import { openHouse } from '../setup.ts'
import { assertNextOnTheWire, bookOnTheWire, callAs, searchOnTheWire } from './on-the-wire.ts'
import { offersOf } from './oracle.ts'
import { randomCase } from './random-case.ts'
import { replayable } from './replayable.ts'
import { stageCases, unbook } from './stage-cases.ts'
import { UNOFFERED, unofferedStarts } from './unoffered.ts'

/**
 * A thread that judges cases over HTTP, the groups of them one after the other, each in a database of its own: away from the
 * test runner, which follows every promise there is, a tenth of the work.
 */
const groups: readonly GroupOnTheWire[] = workerData
const CONNECTIONS = 32

export interface GroupOnTheWire {
  readonly seeds: readonly number[]
  /** The instant at which all of them are asked. */
  readonly now: number
}

for (const { seeds, now } of groups) {
  await using house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '8' })
  using requests = openRequests(house.url, CONNECTIONS)
  const cases = seeds.map((seed) => randomCase(seed, now))
  const owners = await stageCases(house, cases)
  // The house is open until the last of them is done, also where one fails.
  const judged = await Promise.allSettled(
    cases.map((one, index) =>
      replayable(one.seed, async () => {
        const call = callAs(await house.signIn(owners[index] as string), requests)
        const offers = offersOf(one)
        assert.deepEqual(await searchOnTheWire(call, one), offers)
        await assertNextOnTheWire(call, one, offers)
        await bookOnTheWire(call, (id) => unbook(house, id), one, offers, unofferedStarts(one, offers, UNOFFERED))
      }),
    ),
  )
  for (const one of judged) if (one.status === 'rejected') throw one.reason
}
