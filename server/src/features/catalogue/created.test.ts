import assert from 'node:assert/strict'
import { it } from 'node:test'
import { openHouse } from '../../../test/setup.ts'
import { populate } from '../../../test/world.ts'

it('what was created is read, word for word, where its answer says it is', async () => {
  await using house = await openHouse({ RATE_LIMIT: 'off' })
  const world = await populate(house)
  const { ada, maya, newYork, tomasAtWork } = world
  // The first is in a gap of the clock, the second happens twice: they come back as they were said.
  const times = { from: '2027-03-14T02:30:00', to: '2027-11-07T01:30:00' }
  const created: [path: string, body: object, as?: string][] = [
    ['/locations', { name: 'Petra Harlem', timeZone: 'America/New_York', travelMinutes: 5 }],
    [`/locations/${newYork}/resources`, { name: 'Table 1', kind: 'table' }],
    [`/locations/${newYork}/closures`, { ...times, reason: 'Holiday' }],
    ['/services', { slug: 'trim', kind: 'grooming', durationMinutes: 30 }],
    ['/staff', { email: 'vic@example.test', name: 'Vic', roles: ['groomer'] }],
    [`/providers/${tomasAtWork}/time-off`, times],
    [`/providers/${tomasAtWork}/extra-hours`, { ...times, locationId: newYork }],
    ['/holds', { service: 'wellness-exam', startsAt: '2027-02-01T14:00:00Z', locationId: world.london }, maya],
    ['/appointments', { petId: world.rex, service: 'wellness-exam', startsAt: '2027-02-01T11:00:00Z' }, maya],
  ]
  for (const [path, body, as = ada] of created) {
    const made = await house.call('POST', path, { as, body })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const read = await house.call('GET', made.headers.get('location') ?? '', { as })
    assert.equal(read.status, 200, path)
    if (path === '/staff') assert.equal(read.body.id, made.body.id)
    else assert.deepEqual(read.body, made.body)
    assert.partialDeepStrictEqual(read.body, 'from' in body ? { ...times } : {})
  }
  const accountId = (await house.sql(`select id from accounts where name = 'Vic'`))[0].id
  const provider = { accountId, services: ['trim'], locationIds: [newYork] }
  const made = await house.call('POST', '/providers', { as: ada, body: provider })
  const read = await house.call('GET', made.headers.get('location') ?? '')
  assert.deepEqual(read.body, made.body)
})
