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

  it('goes to whoever has the fewest visits that day, ties to whoever was given one longest ago', async () => {
    await desk.make('/services', { slug: 'brush', kind: 'grooming', durationMinutes: 30, stepMinutes: 30 })
    const team = [await desk.addProvider('fay', 'groomer', ['brush']), await desk.addProvider('gus', 'groomer', ['brush'])]
    const [fay, gus] = team
    const giveTo = async (startsAt: string, providerId?: string) =>
      (await desk.booked(startsAt, { service: 'brush', ...(providerId && { providerId }) })).provider.id
    // Gus is ahead by one on Monday, so Fay catches up there.
    await giveTo('2027-03-15T09:00', gus)
    assert.equal(await giveTo('2027-03-15T12:00'), fay)
    // On another day nobody has any: Gus was given one longer ago, then Fay.
    assert.equal(await giveTo('2027-04-19T09:00'), gus)
    assert.equal(await giveTo('2027-05-17T09:00'), fay)
    assert.equal(await giveTo('2027-05-17T10:00'), gus)
    // A cancelled visit does not count.
    const { id, provider } = await desk.booked('2027-04-26T09:00', { service: 'brush' })
    await house.call('DELETE', `/appointments/${id}`, { as: desk.world.maya })
    await giveTo('2027-04-26T10:00', team.find((other) => other !== provider.id))
    assert.equal(await giveTo('2027-04-26T11:00'), provider.id)
  })

  it('goes to whoever is free when the others are not', async () => {
    await desk.make('/services', { slug: 'comb', kind: 'grooming', durationMinutes: 30, stepMinutes: 30 })
    const hal = await desk.addProvider('hal', 'groomer', ['comb'])
    const ivy = await desk.addProvider('ivy', 'groomer', ['comb'])
    const at = { service: 'comb' }
    await desk.booked('2027-03-15T09:00', { ...at, providerId: hal })
    assert.equal((await desk.booked('2027-03-15T09:00', at)).provider.id, ivy)
    const { status, body } = await desk.book('2027-03-15T09:00', { ...at, petId: await desk.addPet() })
    assert.deepEqual([status, body.code], [409, 'appointment.slot-taken'])
  })

  it('that lost its time is told of up to three others, nearest first, that can really be had', async () => {
    const jo = await desk.addProvider('jo', 'groomer', ['grooming'], everyDay('09:00', '17:00'))
    await desk.booked('2027-03-15T12:00', { providerId: jo })
    const lost = await desk.book('2027-03-15T12:00', { providerId: jo, petId: await desk.addPet() })
    const { alternatives } = lost.body
    assert.deepEqual(
      alternatives.map((slot: { startsAt: string }) => slot.startsAt).toSorted(),
      ['2027-03-15T14:30:00Z', '2027-03-15T15:00:00Z', '2027-03-15T17:00:00Z'],
    )
    for (const { startsAt, endsAt, locationId, providerIds } of alternatives) {
      assert.deepEqual(providerIds, [jo])
      const { status, body } = await desk.book(startsAt, { locationId, providerId: jo, petId: await desk.addPet() })
      // Two of the three overlap each other.
      assert.ok(status === 201 ? body.endsAt === endsAt : startsAt === '2027-03-15T14:30:00Z' || startsAt === '2027-03-15T15:00:00Z')
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

  it('wins all its resources or none, each of the right kind', async () => {
    const locationId = await desk.make('/locations', { name: 'Petra Harlem', timeZone: 'America/New_York' })
    const kinds = { slug: 'scan', kind: 'veterinary', durationMinutes: 30, bufferAfterMinutes: 30, resourceKinds: ['theatre', 'scanner'] }
    await desk.make('/services', kinds)
    const vets = []
    for (const name of ['vet-a', 'vet-b', 'vet-c']) {
      const accountId = await desk.make('/staff', { email: `${name}@example.test`, name, roles: ['veterinarian'] })
      vets.push(await desk.make('/providers', { accountId, services: ['scan'], locationIds: [locationId] }))
      await desk.setHours(vets.at(-1) as string, everyDay(), locationId)
    }
    const [first, second] = vets
    const scan = { service: 'scan', locationId }
    const starts = () => desk.starts(`service=scan&date=2027-03-15&location=${locationId}`)
    assert.deepEqual(await starts(), [])
    const room = (name: string, kind: string) => desk.make(`/locations/${locationId}/resources`, { name, kind })
    const [theatre, other, scanner] = [await room('T1', 'theatre'), await room('T2', 'theatre'), await room('S1', 'scanner')]
    const { id } = await desk.booked('2027-03-15T09:00', { ...scan, providerId: first })
    const held = (await desk.reservationsOf(id)).map((row) => row.slice(0, 36))
    assert.ok(held.includes(scanner) && (held.includes(theatre) || held.includes(other)))
    assert.equal(held.length, 4)
    // The second theatre and a second vet are free, but not the scanner, nor in its buffer.
    assert.equal((await starts())[0], '10:00')
    for (const start of ['09:00', '09:45']) {
      const lost = await desk.book(`2027-03-15T${start}`, { ...scan, providerId: second, petId: await desk.addPet() })
      assert.deepEqual([lost.status, lost.body.code], [409, 'appointment.slot-taken'])
    }
    const [rows] = await house.sql('select count(*)::int from reservations where subject_id = any($1)', [vets])
    assert.equal(rows.count, 1)
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
    assert.deepEqual([wrong.status, wrong.body.reasons], [422, ['not-offered']])
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
