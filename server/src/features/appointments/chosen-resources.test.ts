import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

describe('a room that is named', () => {
  let house: House
  let desk: Desk
  const rooms: Record<string, string> = {}
  const vets: string[] = []
  const operation = { service: 'operation' }

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '20' })
    desk = await openDesk(house)
    const { newYork, london } = desk.world
    for (const [name, kind, at] of [
      ['theatre 1', 'theatre', newYork],
      ['theatre 2', 'theatre', newYork],
      ['scanner', 'scanner', newYork],
      ['bath', 'bath', newYork],
      ['far theatre', 'theatre', london],
      ['far scanner', 'scanner', london],
    ] as const)
      rooms[name] = await desk.make(`/locations/${at}/resources`, { name, kind })
    const terms = {
      durationMinutes: 60,
      stepMinutes: 60,
      bufferAfterMinutes: 30,
      resourceKinds: ['theatre', 'scanner'],
    }
    await desk.make('/services', { slug: 'operation', kind: 'veterinary', ...terms })
    await desk.make('/services', { slug: 'scan', kind: 'veterinary', ...terms, resourceKinds: ['scanner'] })
    for (const name of ['vera', 'walt', 'xia'])
      vets.push(await desk.addProvider(name, 'veterinarian', ['operation', 'scan'], everyDay('09:00', '18:00')))
  })
  after(() => house[Symbol.asyncDispose]())

  const named = (...names: string[]) => ({ ...operation, resourceIds: names.map((name) => rooms[name]) })
  const put = (id: string, body: object) => house.call('PUT', `/appointments/${id}`, { as: desk.world.maya, body })

  it('is the one that is had, and any of the kinds that are not named', async () => {
    for (const name of ['theatre 2', 'theatre 1']) {
      const visit = await desk.booked(name === 'theatre 2' ? '2027-03-15T09:00' : '2027-03-15T11:00', named(name))
      assert.deepEqual(visit.resourceIds.toSorted(), [rooms[name], rooms.scanner].toSorted())
      const held = await desk.reservationsOf(visit.id)
      for (const id of visit.resourceIds) assert.ok(held.some((row) => row.startsWith(id)))
      assert.equal(held.length, 4)
    }
  })

  it('refuses for itself alone while another of its kind is free, and is offered accordingly', async () => {
    await desk.make(`/locations/${desk.world.newYork}/resources`, { name: 'second scanner', kind: 'scanner' })
    await desk.booked('2027-03-16T09:00', named('theatre 1'))
    const refused = await desk.book('2027-03-16T09:00', { ...named('theatre 1'), petId: await desk.addPet() })
    assert.deepEqual([refused.status, refused.body.reasons], [409, ['resource-taken']])
    for (const alternative of refused.body.alternatives) assert.ok(alternative.startsAt >= '2027-03-16T14:30')
    const starts = async (more: string) => desk.starts(`service=operation&date=2027-03-16${more}`)
    assert.ok((await starts('')).includes('09:00'))
    assert.equal((await starts(`&resource=${rooms['theatre 1']}`)).at(0), '11:00')
    for (const resource of ['bath', 'far theatre']) {
      const away = resource === 'bath' ? '' : `&location=${desk.world.newYork}`
      assert.deepEqual(await starts(`&resource=${rooms[resource]}${away}`), [])
    }
    const query = new URLSearchParams({
      ...operation,
      startsAt: '2027-03-16T09:00',
      location: desk.world.newYork,
      resource: rooms['theatre 1'] as string,
    })
    const { body } = await house.call('GET', `/availability/explanation?${query}`, { as: desk.world.maya })
    assert.deepEqual(body.reasons, ['resource-taken'])
    await desk.booked('2027-03-16T09:00', operation)
  })

  it('has to be somewhere, and of a kind that the service needs, with the others it needs', async () => {
    const ask = (resourceIds: unknown[], more: object = {}) =>
      desk.book('2027-03-17T09:00', { ...operation, resourceIds, ...more })
    const nowhere = await ask([rooms['theatre 1'], crypto.randomUUID()])
    assert.deepEqual([nowhere.status, nowhere.body.errors[0].pointer], [422, '/body/resourceIds/1'])
    for (const resourceIds of [[rooms.bath], [rooms['theatre 1'], rooms['theatre 2']], [rooms['far theatre']]]) {
      const { status, body } = await ask(resourceIds)
      assert.deepEqual([status, body.reasons], [422, ['not-offered']])
    }
  })

  it('stays with a hold and becomes the visit’s', async () => {
    const body = { ...named('theatre 2'), startsAt: '2027-03-18T09:00', locationId: desk.world.newYork }
    const { body: hold } = await house.call('POST', '/holds', { as: desk.world.maya, body })
    assert.ok(hold.resourceIds.includes(rooms['theatre 2']))
    const other = await desk.book('2027-03-18T09:00', { ...named('theatre 2') }, desk.world.ines)
    assert.deepEqual([other.status, other.body.reasons], [409, ['held']])
    const visit = await desk.booked('2027-03-18T09:00', { ...operation, holdId: hold.id })
    assert.deepEqual(visit.resourceIds, hold.resourceIds)
  })

  it('is changed by a move, to which nothing else need change, and to one that is free only', async () => {
    const visit = await desk.booked('2027-03-19T09:00', named('theatre 1'))
    const taken = await desk.booked('2027-03-19T09:00', named('theatre 2'))
    const before = await desk.reservationsOf(visit.id)
    const refused = await put(visit.id, named('theatre 2'))
    assert.deepEqual([refused.status, refused.body.code], [400, 'request.invalid'])
    const resourceIds = [rooms['theatre 2']]
    const lost = await put(visit.id, { resourceIds })
    assert.deepEqual([lost.status, lost.body.reasons], [409, ['resource-taken']])
    assert.deepEqual(await desk.reservationsOf(visit.id), before)
    await put(taken.id, { startsAt: '2027-03-19T13:00', resourceIds: [rooms['theatre 1']] })
    const moved = await put(visit.id, { resourceIds })
    assert.equal(moved.status, 200)
    assert.equal(moved.body.startsAt, visit.startsAt)
    assert.ok(moved.body.resourceIds.includes(rooms['theatre 2']))
    assert.equal(
      (await desk.reservationsOf(visit.id)).filter((row) => row.startsWith(rooms['theatre 2'] ?? '')).length,
      1,
    )
  })

  it('stays with a visit that is given to another provider, and so do those that were not named', async () => {
    const [vera, walt, xia] = vets
    const visit = await desk.booked('2027-03-23T09:00', { ...named('theatre 2'), providerId: vera })
    for (const providerId of [walt, xia, vera]) {
      const { body } = await put(visit.id, { providerId })
      assert.deepEqual([body.provider.id, body.resourceIds.toSorted()], [providerId, visit.resourceIds.toSorted()])
    }
    const { body } = await put(visit.id, { providerId: xia, resourceIds: [rooms['theatre 1']] })
    const others = visit.resourceIds.filter((id: string) => id !== rooms['theatre 2'])
    assert.deepEqual(body.resourceIds.toSorted(), [rooms['theatre 1'], ...others].toSorted())
  })

  it('is given to one of ten who want it at once, and the nine have reserved nothing', async () => {
    const pets = await Promise.all(Array.from({ length: 10 }, () => desk.addPet()))
    const answers = await Promise.all(
      pets.map((petId) => desk.book('2027-03-22T09:00', { ...named('theatre 1'), petId })),
    )
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, ...Array(9).fill(409)])
    for (const { status, body } of answers) if (status === 409) assert.deepEqual(body.reasons, ['resource-taken'])
    const [{ held }] = await house.sql(
      `select count(*)::int as held from reservations where during && tstzrange('2027-03-22T13:00Z', '2027-03-22T14:00Z')`,
    )
    assert.equal(held, 4)
  })
})
