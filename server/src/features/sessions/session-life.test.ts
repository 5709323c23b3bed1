import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { within } from '../../../test/within.ts'
import { addAccount } from '../../../test/world.ts'
import { openProcesses, type Processes } from './test-processes.ts'

let processes: Processes
let maya: string
let sam: string

before(async () => {
  processes = await openProcesses()
  maya = await addAccount(processes.house, 'Maya')
  sam = await addAccount(processes.house, 'Sam')
})
after(() => processes[Symbol.asyncDispose]())
beforeEach(() => processes.house.setClockAhead('0'))

const call = (method: string, path: string, token: string, headers = {}) =>
  processes.house.call(method, path, { headers: { authorization: `Bearer ${token}`, ...headers } })
const renew = (refreshToken: string, url = processes.urls[0]) => processes.refresh(url, refreshToken)
const renewed = async (refreshToken: string) => {
  const { status, pair } = await renew(refreshToken)
  assert.equal(status, 200)
  return pair
}

/** Every process refuses the tokens within 2 s of now. */
async function refusedEverywhere(...tokens: string[]): Promise<void> {
  for (const token of tokens)
    for (const url of processes.urls) await within(2_000, async () => (await processes.asked(url, token)) === 401)
}

describe('renewing a session', () => {
  it('gives a client that lost the answer the same successor for 10 seconds, at any process', async () => {
    const first = await processes.newSession(maya)
    const second = await renewed(first.refreshToken)
    const again = await renew(first.refreshToken, processes.urls[1])
    assert.deepEqual([again.status, again.pair.refreshToken], [200, second.refreshToken])
    await processes.house.setClockAhead('5 seconds')
    const late = await renew(first.refreshToken, processes.urls[2])
    assert.deepEqual([late.status, late.pair.refreshToken], [200, second.refreshToken])
    for (const { accessToken } of [second, again.pair, late.pair])
      assert.equal((await call('GET', '/me', accessToken)).status, 200)
    const events = await processes.house.sql(
      `select payload from events where name = 'session.refreshed' and actor_id = $1 order by id`,
      [maya],
    )
    assert.deepEqual(
      events.map(({ payload }) => payload.repeated),
      [false, true, true],
    )
  })

  it('ends it everywhere when the token before comes back later', async () => {
    const first = await processes.newSession(maya)
    const second = await renewed(first.refreshToken)
    const tokens = [first.accessToken, second.accessToken]
    for (const url of processes.urls) for (const token of tokens) assert.equal(await processes.asked(url, token), 200)
    await processes.house.setClockAhead('11 seconds')
    assert.equal((await renew(first.refreshToken)).status, 401)
    await refusedEverywhere(...tokens)
    assert.equal((await renew(second.refreshToken)).status, 401)
  })

  it('ends it everywhere when an older token comes back, however soon', async () => {
    const first = await processes.newSession(maya)
    const second = await renewed(first.refreshToken)
    const third = await renewed(second.refreshToken)
    assert.equal((await renew(first.refreshToken)).status, 401)
    await refusedEverywhere(first.accessToken, second.accessToken, third.accessToken)
    assert.equal((await renew(third.refreshToken)).status, 401)
  })

  it('goes on for 30 days without, and no longer', async () => {
    const [idle, forgotten] = [await processes.newSession(maya), await processes.newSession(maya)]
    await processes.house.setClockAhead('29 days 23 hours')
    await renewed(idle.refreshToken)
    await processes.house.setClockAhead('30 days 1 hour')
    assert.equal((await renew(forgotten.refreshToken)).status, 401)
  })

  it('goes on for 90 days in all, and its last access token goes no further', async () => {
    let pair = await processes.newSession(maya)
    for (const ahead of ['29 days', '58 days', '87 days', '89 days 23 hours 55 minutes']) {
      await processes.house.setClockAhead(ahead)
      pair = await renewed(pair.refreshToken)
    }
    const { body } = await processes.house.call('POST', '/auth/refresh', { body: { refreshToken: pair.refreshToken } })
    assert.ok(body.expiresIn > 290 && body.expiresIn <= 300, `${body.expiresIn}`)
    await processes.house.setClockAhead('90 days 1 minute')
    assert.equal((await renew(body.refreshToken)).status, 401)
    assert.equal(await processes.asked(processes.urls[1], body.accessToken), 401)
  })
})

describe('my sessions', () => {
  it('are listed with device, address and when they were last seen, the newest first', async () => {
    const ines = await addAccount(processes.house, 'Ines')
    const older = await processes.newSession(ines)
    const { accessToken } = await processes.newSession(ines)
    await processes.house.setClockAhead('1 hour')
    await fetch(`${processes.urls[1]}/auth/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'A phone' },
      body: JSON.stringify({ refreshToken: older.refreshToken }),
    })
    const { body } = await call('GET', '/me/sessions', accessToken)
    const [current, other] = body.items
    assert.deepEqual([body.items.length, current.current, other.current], [2, true, false])
    assert.deepEqual([other.device, other.address], ['A phone', '127.0.0.1'])
    assert.ok(Date.parse(other.lastSeenAt) - Date.parse(other.createdAt) >= 3_599_000)
    assert.equal(current.lastSeenAt, current.createdAt)
    const { body: page } = await call('GET', '/me/sessions?limit=1', accessToken)
    const { body: rest } = await call('GET', `/me/sessions?cursor=${page.nextCursor}`, accessToken)
    assert.deepEqual([...page.items, ...rest.items], body.items)
    await processes.house.setClockAhead('31 days')
    assert.deepEqual((await call('GET', '/me/sessions', accessToken)).body.items, [])
  })

  it('end one by one on every process, and nobody else ends them', async () => {
    const [mine, theirs] = [await processes.newSession(maya), await processes.newSession(sam)]
    const { accessToken } = await processes.newSession(maya)
    const idOf = async (token: string) =>
      (await call('GET', '/me/sessions', token)).body.items.find(({ current }: { current: boolean }) => current).id
    const id = await idOf(mine.accessToken)
    assert.equal((await call('DELETE', `/me/sessions/${await idOf(theirs.accessToken)}`, accessToken)).status, 404)
    assert.equal((await call('DELETE', `/me/sessions/${id}`, accessToken, { 'if-match': '"other"' })).status, 412)
    assert.equal((await call('DELETE', `/me/sessions/${id}`, accessToken)).status, 204)
    await refusedEverywhere(mine.accessToken)
    assert.equal((await renew(mine.refreshToken)).status, 401)
    assert.equal((await call('DELETE', `/me/sessions/${id}`, accessToken)).status, 404)
    assert.equal((await call('GET', '/me', theirs.accessToken)).status, 200)
  })

  it('end all but the one that asks', async () => {
    const others = [await processes.newSession(maya), await processes.newSession(maya)]
    const theirs = await processes.newSession(sam)
    const { accessToken } = await processes.newSession(maya)
    assert.equal((await call('DELETE', '/me/sessions', accessToken)).status, 204)
    await refusedEverywhere(...others.map((pair) => pair.accessToken))
    assert.equal((await call('GET', '/me/sessions', accessToken)).body.items.length, 1)
    assert.equal((await call('GET', '/me', theirs.accessToken)).status, 200)
  })
})
