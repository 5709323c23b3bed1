import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertSoundBooks } from '../../../test/assert-sound-books.ts'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, openDesk } from './test-desk.ts'

describe('a request that comes again with its key', () => {
  let house: House
  let desk: Desk

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '16' })
    desk = await openDesk(house)
    const terms = { kind: 'grooming', durationMinutes: 30, requiresApproval: true }
    await desk.make('/services', { slug: 'show-cut', ...terms })
    await desk.addProvider('zoe', 'groomer', ['show-cut'])
  })
  after(async () => {
    await assertSoundBooks(house)
    await house[Symbol.asyncDispose]()
  })

  /** Sends a POST three times at once and once more, all with one key. @returns what it answered, which is the same each time */
  async function insist(path: string, body: object | undefined, as: string) {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const send = () => house.call('POST', path, { as, body, headers })
    const answers = [...(await Promise.all([send(), send(), send()])), await send()]
    const done = answers.filter(({ status }) => status < 300)
    for (const answer of answers) if (answer.status >= 300) assert.equal(answer.body.code, 'idempotency.in-progress')
    for (const answer of done) assert.deepEqual([answer.status, answer.body], [done[0]?.status, done[0]?.body], path)
    assert.equal(done.filter((answer) => !answer.headers.has('idempotency-replayed')).length, 1, path)
    // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a body
    return done[0]?.body as any
  }
  const events = async (id: string) =>
    (
      await house.sql(
        `select name from events where resource_id = $1 and name like any ('{appointment.%,hold.%}') order by id`,
        [id],
      )
    ).map(({ name }) => name)

  it('holds a time once, gives it more time once, and makes one visit of it', async () => {
    const { maya, rex, newYork } = desk.world
    const body = { service: 'grooming', startsAt: '2027-03-15T09:00', locationId: newYork }
    const hold = await insist('/holds', body, maya)
    await insist(`/holds/${hold.id}/extension`, undefined, maya)
    assert.deepEqual(await events(hold.id), ['hold.made', 'hold.extended'])
    const visit = await insist('/appointments', { ...body, petId: rex, holdId: hold.id }, maya)
    assert.deepEqual(await events(visit.id), ['appointment.booked'])
    assert.deepEqual((await house.sql('select id from holds')).length, 0)
  })

  it('takes a visit one step further, from asking to completion', async () => {
    const { maya, ines, rex } = desk.world
    const visit = await insist(
      '/appointments',
      { petId: rex, service: 'show-cut', startsAt: '2027-03-16T13:00:00Z' },
      maya,
    )
    const steps = ['approval', 'confirmation', 'check-in', 'start', 'completion']
    for (const step of steps) await insist(`/appointments/${visit.id}/${step}`, undefined, ines)
    const names = ['booked', 'approved', 'confirmed', 'checked-in', 'started', 'completed']
    assert.deepEqual(
      await events(visit.id),
      names.map((name) => `appointment.${name}`),
    )
  })

  it('ends a visit one way or the other, and a cancellation needs no key', async () => {
    const { maya, ines } = desk.world
    const declined = await desk.booked('2027-03-17T09:00', { service: 'show-cut' })
    await insist(`/appointments/${declined.id}/decline`, undefined, ines)
    const missed = await desk.booked('2027-03-17T10:00')
    await desk.freeze('2027-03-17T15:00:00Z')
    await insist(`/appointments/${missed.id}/no-show`, undefined, ines)
    await desk.thaw()
    const cancelled = await desk.booked('2027-03-17T12:00')
    const cancel = () => house.call('DELETE', `/appointments/${cancelled.id}`, { as: maya })
    for (const { status } of await Promise.all([cancel(), cancel(), cancel()])) assert.equal(status, 200)
    assert.deepEqual((await events(declined.id)).slice(1), ['appointment.declined'])
    assert.deepEqual((await events(missed.id)).slice(1), ['appointment.no-show-marked'])
    assert.deepEqual((await events(cancelled.id)).slice(1), ['appointment.cancelled'])
  })
})
