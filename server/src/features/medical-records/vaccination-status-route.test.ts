import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { add, eventsOf, rabies, visit, visitDrLind } from './test-records.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse({ LOG_LEVEL: 'fatal' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

async function read(as: string, petId = world.rex) {
  const { status, body } = await house.call('GET', `/pets/${petId}/vaccination-status`, { as })
  return [status, body.code ?? body.requirements]
}

const requirement = (status: string, validThrough: string | null = null) => [
  200,
  [{ vaccine: 'rabies', status, validThrough }],
]

describe('the vaccination status of a pet', () => {
  it('asks for nothing until the pet has a visit at a location that requires something', async () => {
    const { rex, maya, london, drOkaforAtWork, newYork, drLindAtWork } = world
    assert.deepEqual(await read(maya), [200, []])
    await visit(house, { petId: rex, providerId: drOkaforAtWork, locationId: london })
    await visit(house, { petId: rex, providerId: drLindAtWork, locationId: newYork, status: 'cancelled' })
    assert.deepEqual(await read(maya), [200, []])
    await visitDrLind(house, world)
    assert.deepEqual(await read(maya), requirement('missing'))
  })

  it('goes from unverified to valid when a vet verifies, and flips with each correction', async () => {
    const { rex, maya, drLind } = world
    const { id } = await add(house, maya, rex, rabies)
    const path = `/pets/${rex}/medical-records/${id}`
    assert.deepEqual(await read(maya), requirement('unverified'))
    await house.call('POST', `${path}/verification`, { as: drLind })
    assert.deepEqual(await read(maya), requirement('valid', '2027-03-30'))
    await house.call('PUT', path, { as: drLind, body: { occurredOn: '2024-03-30' } })
    assert.deepEqual(await read(maya), requirement('expired', '2025-03-30'))
    await house.call('PUT', path, { as: drLind, body: { occurredOn: '2026-03-30' } })
    assert.deepEqual(await read(maya), requirement('valid', '2027-03-30'))
    await house.call('DELETE', `${path}?reason=Wrong%20pet`, { as: drLind })
    assert.deepEqual(await read(maya), requirement('missing'))
  })

  it('counts what a vet entered, by the present day of the location', async () => {
    await add(house, world.drLind, world.rex, rabies)
    assert.deepEqual(await read(world.maya), requirement('valid', '2027-03-30'))
    await house.setClockAhead('2 years')
    assert.deepEqual(await read(world.maya), requirement('expired', '2027-03-30'))
    await house.setClockAhead('0')
  })

  it('follows a correction of the profile at once: a birthday that makes a dose too early, and a chip in the EU', async () => {
    const { sam, drOkafor, mimi, london, drOkaforAtWork } = world
    const locationBody = {
      name: 'Petra Soho',
      timeZone: 'Europe/London',
      vaccinationPolicy: 'eu',
      requiredVaccines: ['rabies'],
    }
    assert.equal((await house.call('PUT', `/locations/${london}`, { as: world.ada, body: locationBody })).status, 200)
    await visit(house, { petId: mimi, providerId: drOkaforAtWork, locationId: london })
    await add(house, drOkafor, mimi, rabies)
    const profile = (body: object) => house.call('PATCH', `/pets/${mimi}`, { as: sam, body })
    assert.deepEqual(await read(sam, mimi), requirement('missing'))
    await profile({ microchip: '276098106123450', microchippedOn: '2026-03-31' })
    assert.deepEqual(await read(sam, mimi), requirement('missing'))
    await profile({ microchippedOn: '2026-03-30' })
    assert.deepEqual(await read(sam, mimi), requirement('valid', '2027-03-30'))
    await profile({ birthDate: '2026-01-10', birthDateEstimated: true })
    assert.deepEqual(await read(sam, mimi), requirement('missing'))
    await profile({ birthDate: '2025-01-10' })
    assert.deepEqual(await read(sam, mimi), requirement('valid', '2027-03-30'))
    await house.sql(`update locations set required_vaccines = '{}' where id = $1`, [london])
  })

  it('is all that the groomer of the pet gets, and for owners, front desk and vets too', async () => {
    const { rex, tomas, noor, ines, drOkafor, ada, sam, newYork, tomasAtWork } = world
    assert.deepEqual(await read(tomas), [404, 'resource.not-found'])
    await visit(house, { petId: rex, providerId: tomasAtWork, locationId: newYork, service: 'grooming' })
    const { body } = await house.call('GET', `/pets/${rex}/vaccination-status`, { as: tomas })
    assert.deepEqual(body, {
      petId: rex,
      requirements: [{ vaccine: 'rabies', status: 'valid', validThrough: '2027-03-30' }],
    })
    for (const as of [noor, ines, drOkafor]) assert.equal((await read(as))[0], 200)
    assert.deepEqual(await read(ada), [403, 'auth.forbidden'])
    assert.deepEqual(await read(sam), [404, 'resource.not-found'])
  })

  it('leaves an event for each reading, and tells nothing of a record that does not open', async () => {
    const { rex, tomas } = world
    const before = (await eventsOf(house, 'vaccination-status.read')).length
    await read(tomas)
    const events = await eventsOf(house, 'vaccination-status.read')
    assert.equal(events.length, before + 1)
    const last = events.at(-1)
    assert.deepEqual([last?.actor_id, last?.pet_id, last?.purpose, last?.outcome], [tomas, rex, 'care', 'allowed'])

    await house.sql(`update medical_records set version = 9 where pet_id = $1 and status = 'current'`, [rex])
    assert.deepEqual(await read(tomas), [500, 'record.integrity'])
    assert.equal((await eventsOf(house, 'vaccination-status.read')).at(-1)?.outcome, 'failed')
  })
})
