import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import { type Answer, type House, openHouse } from '../../../test/setup.ts'
import { addAccount, populate, type World } from '../../../test/world.ts'
import { openReceiver, type Receiver } from './test-receiver.ts'

const day = '2027-03-15'

describe('an endpoint', () => {
  let house: House
  let world: World
  let hour = 9
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', WEBHOOK_ALLOW: '127.0.0.1', LOG_LEVEL: 'silent' })
    world = await populate(house)
    await house.drain()
  })
  after(() => house[Symbol.asyncDispose]())

  it('is told of the events it asked for and no others, in ids and nothing else', async (t) => {
    const { receiver, secret } = await register(t, ['appointment.booked', 'appointment.cancelled'])
    const visit = await book({ notes: 'Afraid of the dryer; furosemide' })
    await call('POST', `/appointments/${visit}/confirmation`, { as: world.maya })
    await call('DELETE', `/appointments/${visit}`, { as: world.maya })
    await house.drain()
    assert.deepEqual(
      receiver.received.map(({ message }) => message.type),
      ['appointment.booked', 'appointment.cancelled'],
    )
    const events = await house.sql(`select id, at from events where resource_id = $1 and name like 'appointment.%ed'`, [
      visit,
    ])
    for (const one of receiver.received) {
      const event = events.find(({ id }) => id === one.id)
      const { type, data } = one.message
      const timestamp = event.at.toISOString()
      const expected = { type, timestamp, data: { appointmentId: visit, petId: world.rex } }
      assert.deepEqual({ ...one.message, timestamp: new Date(one.message.timestamp).toISOString() }, expected)
      assert.deepEqual(Object.keys(data).sort(), ['appointmentId', 'petId'])
      assert.deepEqual(receiver.verify(secret, one), one.message)
      assert.equal(one.headers['content-type'], 'application/json')
    }
  })

  it('is registered by its public https URL, or one that the operator allows', async (t) => {
    const receiver = await openReceiver(t)
    const inside = receiver.url.replace('127.0.0.1', '127.0.0.2')
    const refused = [
      inside,
      'http://10.0.0.1/',
      'https://user:pw@93.184.215.14/',
      'http://[::ffff:10.0.0.1]/',
      'ftp://93.184.215.14/',
    ]
    const unknown = [
      'https://no-such-host.invalid/',
      'https://localhost/',
      'hooks',
      'https://93.184.215.14:25/',
      'http://2130706434/',
    ]
    for (const url of [...refused, ...unknown]) {
      const answer = await call('POST', '/webhooks', { as: world.ada, body: { url, eventTypes: ['pet.created'] } })
      assert.deepEqual([answer.status, answer.body.code], [422, 'webhook.url-refused'], url)
      assert.equal(answer.body.errors[0].pointer, '/body/url')
    }
    const { webhook } = await register(t, ['pet.created'])
    for (const url of [...refused, ...unknown]) {
      const { status } = await call('PATCH', `/webhooks/${webhook.id}`, { as: world.ada, body: { url } })
      assert.equal(status, 422, url)
    }
    assert.equal(receiver.received.length, 0)
    assert.equal((await get(webhook.id)).url, webhook.url)
  })

  it('keeps URL and secrets sealed, and shows a secret once', async (t) => {
    const { webhook, secret, receiver } = await register(t, ['pet.created'])
    for (const path of [`/webhooks/${webhook.id}`, '/webhooks']) {
      const { body } = await call('GET', path, { as: world.ada })
      assert.ok(!JSON.stringify(body).includes('whsec_'))
    }
    const [{ row }] = await house.sql('select w::text as row from webhooks w where id = $1', [webhook.id])
    for (const text of [secret, receiver.url])
      assert.ok(!row.includes(Buffer.from(text).toString('hex')) && !row.includes(text))
    const trail = await house.sql('select row_to_json(e)::text as row from events e where resource_id = $1', [
      webhook.id,
    ])
    assert.ok(trail.length > 0)
    for (const { row } of trail) assert.doesNotMatch(row, /whsec_|127\.0\.0\.1:\d|\/hook/)
  })

  it('gets two signatures for a day after its secret was changed, then one', async (t) => {
    const { webhook, secret, receiver } = await register(t, ['pet.created'])
    const rotated = await call('POST', `/webhooks/${webhook.id}/secret`, { as: world.ada })
    assert.equal(rotated.status, 200)
    await test(webhook.id)
    const [first] = receiver.received
    for (const one of [secret, rotated.body.secret]) assert.ok(receiver.verify(one, first as never))
    const again = await call('POST', `/webhooks/${webhook.id}/secret`, { as: world.ada })
    await test(webhook.id)
    const second = receiver.received[1] as never
    assert.throws(() => receiver.verify(secret, second))
    for (const one of [rotated.body.secret, again.body.secret]) assert.ok(receiver.verify(one, second))
    await house.setClockAhead('25 hours')
    await test(webhook.id)
    await house.setClockAhead('0')
    const third = receiver.received[2] as never
    assert.throws(() => receiver.verify(rotated.body.secret, third))
    assert.ok(receiver.verify(again.body.secret, third))
  })

  it('gets a test message alone, and none while it is disabled', async (t) => {
    const one = await register(t, ['pet.created'])
    const other = await register(t, ['pet.created'])
    await test(one.webhook.id)
    assert.deepEqual(one.receiver.received[0]?.message.data, { webhookId: one.webhook.id })
    assert.equal(other.receiver.received.length, 0)
    await change(one.webhook.id, { enabled: false })
    const answer = await call('POST', `/webhooks/${one.webhook.id}/test`, { as: world.ada })
    assert.deepEqual([answer.status, answer.body.code], [409, 'resource.conflict'])
  })

  it('changes hands when another admin changes it, and nothing is sent for an account that is an admin no more', async (t) => {
    const bea = await addAccount(house, `Bea ${hour}`, 'admin')
    const { webhook, receiver } = await register(t, ['pet.created'], bea)
    assert.equal(webhook.accountId, bea)
    for (const [path, body] of [
      ['roles', { roles: ['groomer'] }],
      ['disablement', undefined],
    ] as const) {
      await call(path === 'roles' ? 'PUT' : 'POST', `/accounts/${bea}/${path}`, { as: world.ada, body })
      await addPet()
      assert.equal(receiver.received.length, 0, path)
      const [delivery] = await deliveries(webhook.id)
      assert.deepEqual([delivery.status, delivery.attempts, delivery.nextAttemptAt], ['withheld', 0, null])
      await call(path === 'roles' ? 'PUT' : 'DELETE', `/accounts/${bea}/${path}`, {
        as: world.ada,
        body: path === 'roles' ? { roles: ['admin'] } : undefined,
      })
    }
    await call('PUT', `/accounts/${bea}/roles`, { as: world.ada, body: { roles: [] } })
    assert.equal((await change(webhook.id, { description: 'The phones' })).accountId, world.ada)
    await addPet()
    assert.equal(receiver.received.length, 1)
  })

  it('is told nothing from its removal on, not even what waits', async (t) => {
    const { webhook, receiver } = await register(t, ['pet.created'])
    receiver.answers(500)
    await addPet()
    assert.equal(receiver.received.length, 1)
    assert.equal((await call('DELETE', `/webhooks/${webhook.id}`, { as: world.ada })).status, 204)
    await house.setClockAhead('1 minute')
    await house.drain()
    await house.setClockAhead('0')
    assert.equal(receiver.received.length, 1)
    assert.equal((await call('GET', `/webhooks/${webhook.id}`, { as: world.ada })).status, 404)
  })

  it('is listed page by page, and changed only by who has read it', async (t) => {
    const made = [await register(t, ['pet.created']), await register(t, ['pet.created'])].map(
      ({ webhook }) => webhook.id,
    )
    const first = await call('GET', '/webhooks?limit=1', { as: world.ada })
    const second = await call('GET', `/webhooks?limit=1&cursor=${first.body.nextCursor}`, { as: world.ada })
    assert.deepEqual([second.body.items[0].id, first.body.items[0].id], made)
    const path = `/webhooks/${made[0]}`
    const { headers } = await call('GET', path, { as: world.ada })
    const fresh = { 'if-match': headers.get('etag') as string }
    const body = { description: 'The door' }
    assert.equal((await call('PATCH', path, { as: world.ada, body, headers: fresh })).status, 200)
    assert.equal((await call('PATCH', path, { as: world.ada, body, headers: fresh })).status, 412)
    assert.equal((await call('DELETE', path, { as: world.ada, headers: fresh })).status, 412)
    const cleared = await change(made[0] as string, { description: null, eventTypes: ['pet.archived'] })
    assert.deepEqual([cleared.description, cleared.eventTypes], [null, ['pet.archived']])
  })

  const call: House['call'] = (...args) => house.call(...args)

  async function register(t: TestContext, eventTypes: string[], as = world.ada) {
    const receiver: Receiver = await openReceiver(t)
    const { status, body }: Answer = await call('POST', '/webhooks', { as, body: { url: receiver.url, eventTypes } })
    assert.equal(status, 201, JSON.stringify(body))
    t.after(() => call('DELETE', `/webhooks/${body.id}`, { as: world.ada }))
    const { secret, ...webhook } = body
    return { receiver, secret, webhook }
  }

  async function get(id: string) {
    return (await call('GET', `/webhooks/${id}`, { as: world.ada })).body
  }

  async function change(id: string, body: object) {
    return (await call('PATCH', `/webhooks/${id}`, { as: world.ada, body })).body
  }

  async function test(id: string): Promise<void> {
    assert.equal((await call('POST', `/webhooks/${id}/test`, { as: world.ada })).status, 204)
    await house.drain()
  }

  async function deliveries(id: string) {
    return (await call('GET', `/webhooks/${id}/deliveries`, { as: world.ada })).body.items
  }

  async function addPet(): Promise<void> {
    await call('POST', '/pets', { as: world.maya, body: { name: 'Rita', species: 'dog' } })
    await house.drain()
  }

  async function book(more: object): Promise<string> {
    const startsAt = `${day}T${String(hour++).padStart(2, '0')}:00`
    const body = { petId: world.rex, service: 'grooming', startsAt, locationId: world.newYork, ...more }
    return (await call('POST', '/appointments', { as: world.maya, body })).body.id
  }
})
