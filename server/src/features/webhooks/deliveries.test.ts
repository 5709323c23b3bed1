import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type House, openHouse } from '../../../test/setup.ts'
import { addAccount } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { openWorker } from '../../worker.ts'
import { createWebhook } from './create-webhook.ts'
import { deliverMessage } from './deliver-message.ts'
import { insertDeliveries } from './queries/deliveries.ts'
import { openReceiver } from './test-receiver.ts'

describe('a message', () => {
  let house: House
  let ada: string
  let maya: string
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', WEBHOOK_ALLOW: '127.0.0.0/8', LOG_LEVEL: 'silent' })
    ada = await addAccount(house, 'Ada', 'admin')
    maya = await addAccount(house, 'Maya')
  })
  after(() => house[Symbol.asyncDispose]())
  beforeEach(() => house.sql('delete from webhooks'))

  it('that fails is tried ten times by the schedule, under the same id and signed anew each time, and then given up', async (t) => {
    const { id, secret, receiver } = await register(t)
    receiver.answers(500)
    await addPet()
    const elapsed = [6, 361, 1_801, 7_201, 18_001, 36_001, 50_401, 72_001, 86_401]
    let ahead = 0
    for (const seconds of elapsed) {
      const [pending] = await deliveries(id)
      assert.deepEqual([pending.status, pending.lastStatus, pending.lastFault], ['pending', 500, 'status'])
      assert.ok(pending.nextAttemptAt > pending.lastAttemptAt)
      ahead += Math.ceil(seconds * 1.21)
      await house.setClockAhead(`${ahead} seconds`)
      await house.drain()
    }
    await house.setClockAhead(`${ahead + 1_000_000} seconds`)
    await house.drain()
    assert.equal(receiver.received.length, 10)
    assert.equal(new Set(receiver.received.map(({ id }) => id)).size, 1)
    for (const one of receiver.received) assert.deepEqual(receiver.verify(secret, one), one.message)
    const [failed] = await deliveries(id)
    assert.deepEqual([failed.status, failed.attempts, failed.nextAttemptAt], ['failed', 10, null])
    assert.equal((await house.sql('select from graphile_worker.jobs where key is not null')).length, 0)
    await house.setClockAhead('0')
  })

  it('arrives once the endpoint is back, and the log tells how it fared', async (t) => {
    const { id, receiver } = await register(t)
    receiver.answers(503)
    await addPet()
    receiver.answers(200)
    await later('7 seconds')
    const [delivered] = await deliveries(id)
    assert.deepEqual([delivered.status, delivered.attempts, delivered.lastStatus], ['delivered', 2, 200])
    assert.equal(delivered.messageId, receiver.received[1]?.id)
    assert.equal((await webhook(id)).failingSince, null)
    assert.deepEqual((await deliveries(id, 'failed')).length, 0)
  })

  it('follows no redirect, and waits as long as Retry-After says', async (t) => {
    const elsewhere = await openReceiver(t)
    const { id, receiver } = await register(t)
    receiver.answers(307, { location: elsewhere.url, 'retry-after': '3600' })
    await addPet()
    await later('50 minutes')
    assert.equal(receiver.received.length, 1)
    await later('73 minutes')
    assert.equal(receiver.received.length, 2)
    assert.equal(elsewhere.received.length, 0)
    assert.deepEqual((await deliveries(id))[0].lastStatus, 307)
  })

  it('that is answered by 410 is the last: the endpoint is disabled, and the trail says so', async (t) => {
    const { id, receiver } = await register(t)
    receiver.answers(410)
    await addPet()
    const { enabled, disabledBecause } = await webhook(id)
    assert.deepEqual([enabled, disabledBecause, (await deliveries(id))[0].status], [false, 'gone', 'failed'])
    const [event] = await house.sql(`select payload from events where name = 'webhook.disabled' and resource_id = $1`, [
      id,
    ])
    assert.deepEqual(event.payload, { because: 'gone' })
    const told = (await house.mails()).filter(({ subject }) => subject === 'An endpoint was disabled')
    assert.deepEqual(
      told.map(({ to }) => to?.[0]?.address),
      ['ada@example.test'],
    )
    await addPet()
    await later('1 day')
    assert.equal(receiver.received.length, 1)
    receiver.answers(200)
    const enabledAgain = await house.call('PATCH', `/webhooks/${id}`, { as: ada, body: { enabled: true } })
    assert.deepEqual([enabledAgain.body.enabled, enabledAgain.body.disabledBecause], [true, null])
    await addPet()
    assert.equal(receiver.received.length, 2)
  })

  it('that the URL before refuses for good says nothing about the one that there is now', async (t) => {
    const { id, receiver } = await register(t)
    const moved = await openReceiver(t)
    const answer = receiver.holds()
    const sending = addPet()
    while (receiver.received.length === 0) await wait(10)
    await house.call('PATCH', `/webhooks/${id}`, { as: ada, body: { url: moved.url } })
    answer(410)
    await sending
    assert.deepEqual([(await webhook(id)).enabled, (await webhook(id)).failingSince], [true, null])
    await later('7 seconds')
    assert.deepEqual([(await deliveries(id))[0].status, moved.received.length], ['delivered', 1])
  })

  it('goes to another URL at once, whatever the one before had asked for, and its failures begin anew', async (t) => {
    const { id, receiver } = await register(t)
    receiver.answers(503, { 'retry-after': '86400' })
    await addPet()
    await addPet()
    assert.equal(receiver.received.length, 1)
    await house.sql(`update webhooks set failing_since = failing_since - interval '6 days'`)
    const moved = await openReceiver(t)
    moved.answers(500)
    await house.call('PATCH', `/webhooks/${id}`, { as: ada, body: { url: moved.url } })
    await house.drain()
    assert.equal(moved.received.length, 1)
    assert.equal((await webhook(id)).enabled, true)
  })

  it('that finds an endpoint failing for five days disables it; a success in between starts anew', async (t) => {
    const { id, receiver } = await register(t)
    receiver.answers(500)
    await addPet()
    await house.setClockAhead('4 days')
    receiver.answers(200)
    await addPet()
    assert.equal((await webhook(id)).failingSince, null)
    receiver.answers(500)
    await addPet()
    await house.setClockAhead('8 days')
    await addPet()
    assert.equal((await webhook(id)).enabled, true)
    await house.setClockAhead('9 days 1 hour')
    await addPet()
    await house.setClockAhead('0')
    assert.deepEqual((await webhook(id)).disabledBecause, 'failing')
  })

  it('is replayed under its id, at once and with all attempts before it', async (t) => {
    const { id, receiver } = await register(t)
    await addPet()
    const [first] = await deliveries(id)
    const path = `/webhooks/${id}/deliveries/${first.messageId}/replay`
    receiver.answers(500)
    const { status, body } = await house.call('POST', path, { as: ada })
    assert.deepEqual([status, body.status, body.attempts], [200, 'pending', 0])
    await house.drain()
    receiver.answers(200)
    await house.call('POST', path, { as: ada })
    await house.drain()
    assert.deepEqual(
      receiver.received.map(({ id }) => id),
      Array(3).fill(first.messageId),
    )
    assert.deepEqual(new Set(receiver.received.map(({ body }) => body)).size, 1, 'word for word')
    const [event] = await house.sql(`select actor_id, payload from events where name = 'webhook.replayed' limit 1`)
    assert.deepEqual(event, { actor_id: ada, payload: { messageId: first.messageId } })
    await house.call('PATCH', `/webhooks/${id}`, { as: ada, body: { enabled: false } })
    assert.equal((await house.call('POST', path, { as: ada })).status, 409)
  })

  it('that is replayed while it is being sent is sent once more, however that attempt ends', async (t) => {
    const { id, receiver } = await register(t)
    const answer = receiver.holds()
    const sending = addPet()
    while (receiver.received.length === 0) await wait(10)
    const [first] = await deliveries(id)
    await house.call('POST', `/webhooks/${id}/deliveries/${first.messageId}/replay`, { as: ada })
    receiver.answers(200)
    answer(500)
    await sending
    await house.drain()
    const [{ status, attempts, interrupted }] = await deliveries(id)
    assert.deepEqual([receiver.received.length, status, attempts, interrupted], [2, 'delivered', 1, 0])
  })

  it('whose attempt was cut off is sent again under its id, and the log counts it', async (t) => {
    const { id, receiver } = await register(t)
    receiver.answers(500)
    await addPet()
    await house.sql('update webhook_deliveries set is_under_way = true')
    receiver.answers(200)
    await later('7 seconds')
    const [delivery] = await deliveries(id)
    assert.deepEqual([delivery.status, delivery.interrupted, receiver.received.length], ['delivered', 1, 2])
  })

  it('reaches nobody when the name leads inside by the time it is sent', async (t) => {
    const receiver = await openReceiver(t)
    const url = new URL(receiver.url)
    url.hostname = 'rebinding.test'
    const addresses = [['93.184.215.14'], ['127.0.0.1']]
    const context = {
      ...house.context,
      config: { ...house.context.config, webhookAllow: [] },
      resolve: async () => addresses.shift() ?? ['127.0.0.1'],
    }
    const admin = {
      accountId: ada,
      roles: [],
      permissions: new Set(),
      sessionId: null,
      tokenId: null,
      request: { id: 'test', address: null, agent: null },
    } as const
    const { id } = await createWebhook(context, admin as never, { url: url.href, eventTypes: ['pet.created'] })
    const eventId = crypto.randomUUID()
    const facts = {
      type: 'pet.created',
      occurredAt: '2027-03-15T09:00:00Z',
      appointmentId: null,
      petId: eventId,
    } as const
    await transact(house.context.db, (tx) => insertDeliveries(tx, [{ webhookId: null, eventId, ...facts }]))
    await deliverMessage(context, id, eventId)
    const [delivery] = await deliveries(id)
    assert.deepEqual([delivery.status, delivery.lastFault, receiver.received.length], ['pending', 'refused', 0])
  })

  it('leaves an endpoint that cannot be reached alone for a while, without wasting an attempt', async (t) => {
    const { id, receiver } = await register(t)
    receiver.answers(503)
    await addPet()
    await addPet()
    assert.equal(receiver.received.length, 1)
    assert.deepEqual(
      (await deliveries(id)).map(({ attempts }: { attempts: number }) => attempts),
      [0, 1],
    )
    receiver.answers(200)
    await later('12 seconds')
    assert.equal(receiver.received.length, 3)
  })

  it('is forgotten after 30 days', async (t) => {
    const { id } = await register(t)
    await addPet()
    await house.sql(`select graphile_worker.add_job('webhooks.sweep-deliveries')`)
    await later('29 days')
    assert.equal((await deliveries(id)).length, 1)
    await house.sql(`select graphile_worker.add_job('webhooks.sweep-deliveries')`)
    await later('31 days')
    assert.equal((await deliveries(id)).length, 0)
  })

  it('is held up by no receiver but its own', { timeout: 120_000 }, async (t) => {
    const silent = await Promise.all(Array.from({ length: 12 }, () => register(t)))
    for (const { receiver } of silent) receiver.answers('nothing')
    const { receiver } = await register(t)
    await using _worker = await openWorker(house.context)
    for (let n = 0; n < 8; n++) await house.call('POST', '/pets', { as: maya, body: { name: 'Rita', species: 'dog' } })
    const startedAt = performance.now()
    while (receiver.received.length < 8) await wait(20)
    assert.ok(performance.now() - startedAt < 15_000, 'not after they have timed out')
    const most = Math.max(...silent.map(({ receiver }) => receiver.received.length))
    assert.ok(most >= 1 && most <= 4, `${most} at once`)
    t.diagnostic(`8 messages in ${Math.round(performance.now() - startedAt)} ms`)
    await house.sql('delete from webhooks')
    for (const { receiver } of silent) receiver.hangUp()
  })

  async function register(t: TestContext) {
    const receiver = await openReceiver(t)
    const body = { url: receiver.url, eventTypes: ['pet.created'] }
    const answer = await house.call('POST', '/webhooks', { as: ada, body })
    return { receiver, id: answer.body.id as string, secret: answer.body.secret as string }
  }

  async function addPet(): Promise<void> {
    await house.call('POST', '/pets', { as: maya, body: { name: 'Rita', species: 'dog' } })
    await house.drain()
  }

  /** What is due by then is done, and the clock goes back. */
  async function later(interval: string): Promise<void> {
    await house.setClockAhead(interval)
    await house.drain()
    await house.setClockAhead('0')
  }

  async function webhook(id: string) {
    return (await house.call('GET', `/webhooks/${id}`, { as: ada })).body
  }

  async function deliveries(id: string, status?: string) {
    const query = status ? `?status=${status}` : ''
    return (await house.call('GET', `/webhooks/${id}/deliveries${query}`, { as: ada })).body.items
  }
})
