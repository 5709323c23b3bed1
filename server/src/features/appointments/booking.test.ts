import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

describe('a booking', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())

  it('that lost its time is told of up to three others, nearest first, that can really be had', async () => {
    const jo = await desk.addProvider('jo', 'groomer', ['grooming'], everyDay('09:00', '17:00'))
    await desk.booked('2027-03-15T12:00', { providerId: jo })
    const lost = await desk.book('2027-03-15T12:00', { providerId: jo, petId: await desk.addPet() })
    const { alternatives } = lost.body
    assert.deepEqual(alternatives.map((slot: { startsAt: string }) => slot.startsAt).toSorted(), [
      '2027-03-15T14:30:00Z',
      '2027-03-15T15:00:00Z',
      '2027-03-15T17:00:00Z',
    ])
    for (const { startsAt, endsAt, locationId, providerIds } of alternatives) {
      assert.deepEqual(providerIds, [jo])
      const { status, body } = await desk.book(startsAt, { locationId, providerId: jo, petId: await desk.addPet() })
      // Two of the three overlap each other.
      assert.ok(
        status === 201
          ? body.endsAt === endsAt
          : startsAt === '2027-03-15T14:30:00Z' || startsAt === '2027-03-15T15:00:00Z',
      )
    }
  })

  it('that lost its time is offered none at which its pet is elsewhere', async () => {
    const kim = await desk.addProvider('kim', 'groomer', ['grooming'])
    const petId = await desk.addPet('Busy')
    await desk.booked('2027-03-15T12:00', { providerId: kim })
    await desk.booked('2027-03-15T13:00', { petId, service: 'wellness-exam' })
    const { body } = await desk.book('2027-03-15T12:00', { providerId: kim, petId })
    assert.deepEqual(
      body.alternatives.map((slot: { startsAt: string }) => slot.startsAt),
      ['2027-03-15T15:00:00Z', '2027-03-15T14:30:00Z', '2027-03-15T17:30:00Z'],
    )
  })

  it('that lost its time is offered none at which somebody else holds the pet', async () => {
    const petId = await desk.addPet()
    const providerId = desk.world.tomasAtWork
    await desk.booked('2027-03-26T10:00', { providerId })
    const hold = { service: 'wellness-exam', startsAt: '2027-03-26T11:00', locationId: desk.world.newYork, petId }
    const held = await house.call('POST', '/holds', { as: desk.world.ines, body: hold })
    assert.equal(held.status, 201)
    const lost = await desk.book('2027-03-26T10:00', { petId, providerId })
    const starts = lost.body.alternatives.map(({ startsAt }: { startsAt: string }) => startsAt.slice(11, 16))
    // 11:00 is 15:00 in UTC, and half an hour is held.
    assert.deepEqual(starts, ['13:00', '15:30', '16:00'])
    await house.call('DELETE', `/holds/${held.body.id}`, { as: desk.world.ines })
  })

  it('by a vet that lost its time is offered none at a location where they may not book', async () => {
    const { drLind, mimi, newYork, london } = desk.world
    const startsAt = '2027-03-25T14:00:00Z'
    await desk.booked(startsAt, { service: 'wellness-exam' })
    const exam = { petId: mimi, service: 'wellness-exam', locationId: undefined }
    const { status, body } = await desk.book(startsAt, exam, drLind)
    assert.deepEqual([status, body.alternatives.length], [409, 3])
    for (const { locationId } of body.alternatives) assert.equal(locationId, newYork)
    assert.equal((await desk.book(startsAt, { ...exam, locationId: london }, drLind)).status, 403)
  })

  it('hears that its pet is elsewhere before it hears that the time is taken', async () => {
    const len = await desk.addProvider('len', 'groomer', ['grooming'])
    const petId = await desk.addPet()
    await desk.booked('2027-03-16T09:00', { petId, service: 'wellness-exam' })
    await desk.booked('2027-03-16T09:00', { providerId: len })
    for (const providerId of [len, desk.world.tomasAtWork]) {
      const { status, body } = await desk.book('2027-03-16T09:00', { petId, providerId })
      assert.deepEqual([status, body.code], [409, 'appointment.pet-busy'])
    }
    assert.equal((await desk.book('2027-03-16T09:30', { petId })).status, 201)
  })

  it('is refused for what does not exist, and for who does not do it', async () => {
    const id = randomUUIDv7()
    const cases = [
      [{ service: 'no-such' }, '/body/service'],
      [{ locationId: id }, '/body/locationId'],
      [{ providerId: id }, '/body/providerId'],
    ] as const
    for (const [more, pointer] of cases) {
      const { status, body } = await desk.book('2027-03-17T09:00', more)
      assert.deepEqual([status, body.code, body.errors[0].pointer], [422, 'reference.unknown', pointer])
    }
    const wrong = await desk.book('2027-03-17T09:00', { providerId: desk.world.drLindAtWork })
    assert.deepEqual([wrong.status, wrong.body.reasons], [422, ['skill']])
  })

  it('for a pet out of reach is answered as for one that never was', async () => {
    const answers = [
      await desk.book('2027-03-17T09:00', { petId: desk.world.mimi }),
      await desk.book('2027-03-17T09:00', { petId: randomUUIDv7() }),
    ].map(({ status, body: { requestId, ...body } }) => ({ status, body }))
    assert.equal(answers[0]?.status, 404)
    assert.deepEqual(answers[0], answers[1])
    const coOwner = await desk.book('2027-03-17T09:00', {}, desk.world.noor)
    assert.deepEqual([coOwner.status, coOwner.body.code], [403, 'auth.forbidden'])
  })
})
