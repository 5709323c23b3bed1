import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type Answer, type House, openHouse } from '../../../test/setup.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

/** Far from any lead time, and on a Monday in New York. */
const MADE_AT = '2027-03-01T10:00:00Z'
const LAST_MOMENT = '2027-03-01T10:04:59.999999Z'
const EXPIRED_AT = '2027-03-01T10:05:00Z'

describe('a hold', () => {
  let house: House
  let desk: Desk
  let groomer: string
  let day: Temporal.PlainDate = Temporal.PlainDate.from('2027-03-15')

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '20' })
    desk = await openDesk(house)
    groomer = await desk.addProvider('jo', 'groomer', ['grooming'], everyDay('09:00', '12:00'))
  })
  after(async () => {
    const leaked = await house.sql(
      'select id from holds where not exists (select from reservations r where r.hold_id = holds.id)',
    )
    assert.deepEqual(leaked, [])
    await house[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    day = day.add({ days: day.dayOfWeek === 6 ? 2 : 1 })
    await house.sql('delete from holds')
    await desk.freeze(MADE_AT)
  })

  const hold = (time: string, more: object = {}, as = desk.world.maya) =>
    house.call('POST', '/holds', {
      as,
      body: { service: 'grooming', providerId: groomer, startsAt: `${day}T${time}`, ...more },
    })
  const book = (time: string, more: object = {}, as = desk.world.maya) =>
    desk.book(`${day}T${time}`, { providerId: groomer, ...more }, as)
  const seenBy = async (as: string | null) => {
    const { body } = await house.call('GET', `/availability?service=grooming&date=${day}&provider=${groomer}`, { as })
    return body.slots.map(({ localStart }: { localStart: string }) => localStart.slice(11, 16))
  }
  const all = ['09:00', '09:30', '10:00', '10:30', '11:00']
  const around10 = ['09:00', '11:00']
  const held = async (time: string, more = {}, as = desk.world.maya) => {
    const { status, body } = await hold(time, more, as)
    assert.equal(status, 201, JSON.stringify(body))
    return body
  }
  const countHolds = async () => (await house.sql('select count(*)::int from holds'))[0].count

  it('keeps a time for five minutes: others neither see nor get it, its owner does', async () => {
    const { id, ...rest } = await held('10:00')
    assert.deepEqual(rest, {
      startsAt: `${day}T14:00:00Z`,
      endsAt: `${day}T15:00:00Z`,
      providerId: groomer,
      locationId: desk.world.newYork,
      resourceIds: [],
      expiresAt: EXPIRED_AT,
    })
    await desk.freeze(LAST_MOMENT)
    for (const who of [null, desk.world.sam, desk.world.ada]) assert.deepEqual(await seenBy(who), around10)
    assert.deepEqual(await seenBy(desk.world.maya), all)
    for (const time of ['09:30', '10:00', '10:30']) {
      const lost = await book(time, {}, desk.world.ines)
      assert.equal(lost.body.code, 'appointment.slot-taken')
    }
    const lost = await hold('10:00', {}, desk.world.sam)
    assert.deepEqual([lost.status, lost.body.code], [409, 'appointment.slot-taken'])
    assert.ok(lost.body.alternatives.length > 0)
  })

  it('keeps nothing from anybody once its time is over, though nothing has swept it', async () => {
    await held('10:00')
    await desk.freeze(EXPIRED_AT)
    assert.deepEqual(await seenBy(desk.world.sam), all)
    assert.equal((await book('10:30', {}, desk.world.ines)).status, 201)
    assert.equal(await countHolds(), 0)
  })

  it('that has expired is in nobody’s way: not of a move, and not of another hold', async () => {
    const { body } = await book('09:00')
    await held('10:00', {}, desk.world.sam)
    await desk.freeze(EXPIRED_AT)
    await held('11:00', {}, desk.world.noor)
    const moved = await house.call('PUT', `/appointments/${body.id}`, {
      as: desk.world.maya,
      body: { startsAt: `${day}T10:00` },
    })
    assert.equal(moved.status, 200, JSON.stringify(moved.body))
    assert.equal(await countHolds(), 1)
  })

  it('is extended once, and not when it is over', async () => {
    const { id } = await held('10:00')
    const extend = (which = id, as = desk.world.maya) => house.call('POST', `/holds/${which}/extension`, { as })
    const both = await Promise.all([extend(), extend()])
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
    assert.equal(both.find(({ status }) => status === 200)?.body.expiresAt, '2027-03-01T10:10:00Z')
    assert.equal(both.find(({ status }) => status === 409)?.body.code, 'hold.extended')
    await desk.freeze('2027-03-01T10:09:59Z')
    assert.deepEqual(await seenBy(desk.world.sam), around10)
    await desk.freeze('2027-03-01T10:10:00Z')
    assert.equal((await extend()).status, 404)
    assert.deepEqual(await seenBy(desk.world.sam), all)
  })

  it('is given back, by its owner alone', async () => {
    const { id } = await held('10:00')
    const release = (as: string, headers = {}) => house.call('DELETE', `/holds/${id}`, { as, headers })
    assert.equal((await release(desk.world.ada)).status, 404)
    assert.equal((await release(desk.world.maya, { 'if-match': '"other"' })).status, 412)
    assert.equal((await release(desk.world.maya)).status, 204)
    assert.equal((await release(desk.world.maya)).status, 404)
    assert.deepEqual(await seenBy(desk.world.sam), all)
  })

  it('is one of three at the most, however many are asked for at once', async () => {
    const days = Array.from({ length: 20 }, (_, i) => `${day.add({ months: 1, days: i })}T10:00`)
    const answers = await Promise.all(days.map((startsAt) => hold('', { startsAt })))
    const made = answers.filter(({ status }) => status === 201)
    assert.equal(made.length, 3)
    for (const { status, body } of answers.filter((answer) => !made.includes(answer)))
      assert.deepEqual([status, body.code], [409, 'hold.limit'])
    assert.equal((await hold('10:00', {}, desk.world.sam)).status, 201)
    await desk.freeze(EXPIRED_AT)
    await held('11:00')
    assert.equal((await house.sql('select from holds where account_id = $1', [desk.world.maya])).length, 1)
  })

  it('takes the place of an older one of the same account', async () => {
    for (const time of ['09:00', '09:00', '09:30', '10:00', '10:30']) await held(time)
    assert.deepEqual(await seenBy(desk.world.sam), ['09:00', '09:30'])
  })

  it('becomes a visit with its provider and at its time, once', async () => {
    const { id } = await held('10:00')
    const spend = () => desk.book(`${day}T10:00`, { holdId: id })
    const both = await Promise.all([spend(), spend()])
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409])
    const { body } = both.find(({ status }) => status === 201) as Answer
    assert.equal(body.provider.id, groomer)
    assert.equal(both.find(({ status }) => status === 409)?.body.code, 'hold.expired')
    assert.equal((await spend()).body.code, 'hold.expired')
    const [{ payload }] = await house.sql('select payload from events where name = $1 and resource_id = $2', [
      'appointment.booked',
      body.id,
    ])
    assert.equal(payload.holdId, id)
    assert.equal((await desk.reservationsOf(body.id)).length, 2)
    assert.equal(await countHolds(), 0)
  })

  it('becomes a visit without a gap that another could take', async () => {
    for (const time of all) {
      const { id } = await held(time)
      const racers = Array.from({ length: 10 }, () => book(time, { petId: desk.world.mimi }, desk.world.ines))
      const [spent, ...others] = await Promise.all([desk.book(`${day}T${time}`, { holdId: id }), ...racers])
      assert.equal(spent?.status, 201, JSON.stringify(spent?.body))
      assert.ok(others.every(({ status }) => status === 409))
      await house.call('DELETE', `/appointments/${spent?.body.id}`, { as: desk.world.maya })
    }
  })

  it('keeps its rooms, which a move leaves alone, and its lead time', async () => {
    const where = `/locations/${desk.world.newYork}/resources`
    const rooms = [
      await desk.make(where, { name: 'A', kind: 'bath' }),
      await desk.make(where, { name: 'B', kind: 'bath' }),
    ]
    const terms = { kind: 'grooming', durationMinutes: 60, resourceKinds: ['bath'], leadMinutes: 60 }
    await desk.make('/services', { slug: 'bath', ...terms })
    const names = ['kim', 'max', 'pia', 'leo'] as const
    const ids: string[] = []
    for (const name of names) ids.push(await desk.addProvider(name, 'groomer', ['bath']))
    const [kim, max, , leo] = ids as [string, string, string, string]
    const visit = (providerId: string, time = '10:00') => desk.booked(`${day}T${time}`, { service: 'bath', providerId })
    const roomOf = async (id: string) => {
      const reserved = await desk.reservationsOf(id)
      return rooms.find((room) => reserved.some((line) => line.startsWith(room)))
    }
    await desk.freeze(`${day}T13:00:00Z`)
    // Max and Leo would rather have the one room, Kim the other: Leo leaves that to Max.
    const first = await visit(leo)
    const { id } = await held('10:00', { service: 'bath', providerId: max })
    const firstRoom = await roomOf(first.id)
    await house.call('DELETE', `/appointments/${first.id}`, { as: desk.world.maya })
    const later = await visit(kim, '14:00')
    const moved = await house.call('PUT', `/appointments/${later.id}`, {
      as: desk.world.ines,
      body: { startsAt: `${day}T10:00` },
    })
    assert.equal(moved.status, 200, JSON.stringify(moved.body))
    assert.equal(await roomOf(later.id), firstRoom)
    await house.call('DELETE', `/appointments/${later.id}`, { as: desk.world.maya })
    await desk.freeze(`${day}T13:04:00Z`)
    const late = await book('10:00', { service: 'bath', providerId: max }, desk.world.ines)
    assert.deepEqual(late.body.reasons, ['lead-time'])
    const { status, body } = await desk.book(`${day}T10:00`, { service: 'bath', holdId: id })
    assert.equal(status, 201, JSON.stringify(body))
    assert.notEqual(await roomOf(body.id), firstRoom)
  })

  it('is spent on what it was made for, by whoever made it, in time', async () => {
    const { id } = await held('10:00')
    for (const more of [
      { providerId: desk.world.tomasAtWork },
      { startsAt: `${day}T10:30` },
      { service: 'wellness-exam' },
    ]) {
      const { status, body } = await house.call('POST', '/appointments', {
        as: desk.world.maya,
        body: { petId: desk.world.rex, service: 'grooming', startsAt: `${day}T10:00`, holdId: id, ...more },
      })
      assert.deepEqual([status, body.code], [422, 'hold.mismatch'], JSON.stringify(more))
    }
    const stolen = await book('10:00', { holdId: id }, desk.world.ines)
    assert.deepEqual([stolen.status, stolen.body.code], [409, 'hold.expired'])
    await desk.freeze(EXPIRED_AT)
    assert.equal((await book('10:00', { holdId: id })).body.code, 'hold.expired')
    assert.equal((await book('10:00')).status, 201)
  })

  it('is spent by a booking of its owner’s that meets it', async () => {
    await held('10:00')
    assert.equal((await book('10:30')).status, 201)
    assert.equal(await countHolds(), 0)
  })

  it('is spent once, or booked over by its owner, and nobody waits in a circle', async () => {
    for (let round = 0; round < 15; round++) {
      day = day.add({ days: 1 })
      const { id: holdId } = await held('10:00')
      const race = [true, false, true, false].map((spends) => (spends ? book('10:00', { holdId }) : book('10:30')))
      const statuses = (await Promise.all(race)).map(({ status }) => status)
      assert.equal(statuses.filter((status) => status === 201).length, 1, String(statuses))
      assert.equal(statuses.filter((status) => status >= 500).length, 0, String(statuses))
    }
    const query = 'select deadlocks::int from pg_stat_database where datname = current_database()'
    assert.deepEqual(await house.sql(query), [{ deadlocks: 0 }])
  })

  it('of a pet keeps the pet as well, for whoever may book it', async () => {
    const petId = desk.world.rex
    assert.equal((await hold('10:00', { petId }, desk.world.sam)).status, 404)
    assert.equal((await hold('10:00', { petId }, desk.world.noor)).status, 403)
    const { id } = await held('10:00', { petId })
    const exam = { service: 'wellness-exam', startsAt: `${day}T10:30`, providerId: undefined }
    const elsewhere = await desk.book(`${day}T10:30`, exam, desk.world.ines)
    assert.equal(elsewhere.body.code, 'appointment.pet-busy')
    assert.equal((await desk.book(`${day}T10:00`, { holdId: id })).status, 201)
  })

  it('or a booking gets a time, and never both', async () => {
    const people = [desk.world.maya, desk.world.sam, desk.world.ada, desk.world.tomas, desk.world.noor]
    for (const time of ['09:00', '11:00']) {
      const pets = await Promise.all(Array.from({ length: 10 }, () => desk.addPet()))
      const answers = await Promise.all([
        ...people.map((as) => hold(time, {}, as)),
        ...pets.map((petId) => book(time, { petId }, desk.world.ines)),
      ])
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, ...answers.slice(1).map(() => 409)])
    }
  })

  it('that expires while many want its time gives it to one of them', async () => {
    const pets = await Promise.all(Array.from({ length: 30 }, () => desk.addPet()))
    for (const time of ['09:00', '11:00']) await held(time)
    await desk.freeze(EXPIRED_AT)
    const answers = await Promise.all(
      pets.map((petId, i) => book(i % 2 ? '09:00' : '11:00', { petId }, i % 3 ? desk.world.ines : desk.world.maya)),
    )
    assert.deepEqual(answers.filter(({ status }) => status === 201).length, 2)
    assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'appointment.slot-taken'))
  })

  it('is swept some time after', async () => {
    await held('10:00')
    await held('09:00', {}, desk.world.sam)
    await house.call('POST', `/holds/${(await held('11:00')).id}/extension`, { as: desk.world.maya })
    await desk.freeze(EXPIRED_AT)
    const job = { key: 'sweep', name: 'appointments.sweep-holds', payload: {} }
    await transact(house.context.db, (tx) => enqueue(tx, [job]))
    await house.drain()
    assert.deepEqual(await seenBy(desk.world.sam), ['09:00', '09:30', '10:00'])
    assert.equal(await countHolds(), 1)
  })
})
