import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

describe('what a booking is given', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())

  it('is whoever has the fewest visits that day, ties to whoever was given one longest ago', async () => {
    await desk.make('/services', { slug: 'brush', kind: 'grooming', durationMinutes: 30, stepMinutes: 30 })
    const team = [
      await desk.addProvider('fay', 'groomer', ['brush']),
      await desk.addProvider('gus', 'groomer', ['brush']),
    ]
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
    await giveTo(
      '2027-04-26T10:00',
      team.find((other) => other !== provider.id),
    )
    assert.equal(await giveTo('2027-04-26T11:00'), provider.id)
  })

  it('is whoever is free when the others are not', async () => {
    await desk.make('/services', { slug: 'comb', kind: 'grooming', durationMinutes: 30, stepMinutes: 30 })
    const hal = await desk.addProvider('hal', 'groomer', ['comb'])
    const ivy = await desk.addProvider('ivy', 'groomer', ['comb'])
    const at = { service: 'comb' }
    await desk.booked('2027-03-15T09:00', { ...at, providerId: hal })
    assert.equal((await desk.booked('2027-03-15T09:00', at)).provider.id, ivy)
    const { status, body } = await desk.book('2027-03-15T09:00', { ...at, petId: await desk.addPet() })
    assert.deepEqual([status, body.code], [409, 'appointment.slot-taken'])
  })

  it('is all of its resources or none, each of the right kind', async () => {
    const locationId = await desk.make('/locations', { name: 'Petra Harlem', timeZone: 'America/New_York' })
    const kinds = {
      slug: 'scan',
      kind: 'veterinary',
      durationMinutes: 30,
      bufferAfterMinutes: 30,
      resourceKinds: ['theatre', 'scanner'],
    }
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
    const roomless = await desk.book('2027-03-15T09:00', scan)
    assert.deepEqual([roomless.status, roomless.body.reasons], [422, ['not-offered']])
    const room = (name: string, kind: string) => desk.make(`/locations/${locationId}/resources`, { name, kind })
    const [theatre, other, scanner] = [
      await room('T1', 'theatre'),
      await room('T2', 'theatre'),
      await room('S1', 'scanner'),
    ]
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
})
