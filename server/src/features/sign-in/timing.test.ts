import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { type House, openHouse } from '../../../test/setup.ts'

const EACH = 300
/** Standard deviations from what chance would give: beyond it is one in 16,000. Without the hash for nobody it is 20. */
const MOST_DEVIATION = 4

const password = 'good dog, stay safe'
const known = 'maya@example.test'
let house: House

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  await post('/auth/register', { email: known, password, name: 'Maya' })
})
after(() => house[Symbol.asyncDispose]())

const operations: Record<string, (email: string) => Promise<number>> = {
  login: (email) => post('/auth/login', { email, password: 'bad cat, run away' }),
  register: (email) => post('/auth/register', { email, password, name: 'Maya' }),
  forgot: (email) => post('/auth/password-reset', { email }),
  resend: (email) => post('/auth/email-verification/resend', { email }),
}

describe('a known and an unknown address send the database the same statements', () => {
  for (const [name, send] of Object.entries(operations)) {
    it(name, async () => {
      // The first refusal of a minute leaves an event, whosever it is.
      await send(newAddress())
      const [ofKnown, ofUnknown] = [await statementsOf(() => send(known)), await statementsOf(() => send(newAddress()))]
      assert.ok(ofKnown.length > 1)
      assert.deepEqual(ofKnown, ofUnknown)
    })
  }
})

/** What is sent while the work is done, without names and values; undoing to a savepoint counts as keeping it. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, statement: { text: string }, ...rest: unknown[]) {
    sent.push(statement.text.replace('rollback to savepoint', 'release savepoint'))
    return query.apply(this, [statement, ...rest] as never)
  } as never
  await work().finally(() => {
    pg.Client.prototype.query = query
  })
  return sent
}

describe('a known and an unknown address take the same time', () => {
  for (const [name, send] of Object.entries(operations)) {
    it(`${name}, with nobody else there`, async () => assertSame(await deviation(send)))
  }

  it('all of them, each under the load of the others', async () => {
    for (const found of await Promise.all(Object.values(operations).map(deviation))) assertSame(found)
  })
})

function assertSame(deviation: number): void {
  assert.ok(Math.abs(deviation) < MOST_DEVIATION, `${deviation.toFixed(1)} standard deviations apart`)
}

/** Both kinds in a random order, so that whatever else the machine does falls on both alike. */
async function deviation(send: (email: string) => Promise<number>): Promise<number> {
  for (let i = 0; i < 10; i++) await send(i % 2 ? known : newAddress())
  const order = Array.from({ length: 2 * EACH }, (_, i) => ({ isKnown: i % 2 === 0, at: Math.random() }))
  const samples: Sample[] = []
  for (const { isKnown } of order.sort((a, b) => a.at - b.at)) {
    const email = isKnown ? known : newAddress()
    const startedAt = performance.now()
    await send(email)
    samples.push({ isKnown, ms: performance.now() - startedAt })
  }
  return mannWhitney(samples)
}

interface Sample {
  readonly isKnown: boolean
  readonly ms: number
}

/** The Mann–Whitney U test: how many standard deviations the known ones' ranks lie from where chance would put them. */
function mannWhitney(samples: readonly Sample[]): number {
  const ranked = samples.toSorted((a, b) => a.ms - b.ms)
  const rankSum = ranked.reduce((sum, { isKnown }, i) => sum + (isKnown ? i + 1 : 0), 0)
  const count = samples.length
  const half = count / 2
  return (rankSum - (half * (count + 1)) / 2) / Math.sqrt((half * half * (count + 1)) / 12)
}

function newAddress(): string {
  return `${randomBytes(4).toString('hex')}@example.test`
}

async function post(path: string, body: object): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(house.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  await response.arrayBuffer()
  return response.status
}
