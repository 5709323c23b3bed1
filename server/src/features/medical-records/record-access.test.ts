import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { within } from '../../../test/within.ts'
import { populate, type World } from '../../../test/world.ts'
import { add, eventsOf, rabies, visit } from './test-records.ts'

let house: House
let world: World
let recordId: string

before(async () => {
  house = await openHouse()
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

beforeEach(async () => {
  await house.sql('delete from reservations')
  await house.sql('delete from appointments')
  await house.sql('delete from emergency_accesses')
})

async function list(as: string, petId = world.rex) {
  const { status, body } = await house.call('GET', `/pets/${petId}/medical-records`, { as })
  return [status, body.code ?? body.items.length]
}

describe('medical records', () => {
  before(async () => {
    recordId = (await add(house, world.maya, world.rex, rabies)).id
  })

  it('are shown to the owner, and to nobody who merely sees the pet', async () => {
    assert.deepEqual(await list(world.maya), [200, 1])
    assert.deepEqual(await list(world.noor), [403, 'auth.forbidden'])
    assert.deepEqual(await list(world.ines), [403, 'auth.forbidden'])
    assert.deepEqual(await list(world.ada), [403, 'auth.forbidden'])
    assert.deepEqual(await list(world.drLind), [403, 'medical-record.no-care'])
  })

  it('do not exist for those who cannot see the pet, nor do those of an archived pet', async () => {
    const missing = await house.call('GET', `/pets/${crypto.randomUUID()}/medical-records`, { as: world.sam })
    const foreign = await house.call('GET', `/pets/${world.rex}/medical-records`, { as: world.sam })
    assert.deepEqual([foreign.status, foreign.body.detail], [404, missing.body.detail])

    const { body: pet } = await house.call('POST', '/pets', { as: world.sam, body: { name: 'Otto', species: 'dog' } })
    await add(house, world.sam, pet.id, rabies)
    await visit(house, { petId: pet.id, providerId: world.drLindAtWork, locationId: world.newYork })
    assert.deepEqual(await list(world.drLind, pet.id), [200, 1])
    await house.sql('update pets set archived_at = now() where id = $1', [pet.id])
    assert.deepEqual(await list(world.sam, pet.id), [404, 'resource.not-found'])
    assert.deepEqual(await list(world.drLind, pet.id), [404, 'resource.not-found'])
  })

  it('are not even read for who may not see them, so that no refusal takes the longer the more there are', async () => {
    const path = `/pets/${world.rex}/medical-records`
    const requests = [
      ['GET', path],
      ['GET', `${path}?search=shoulder`],
      ['GET', `${path}/${recordId}`],
      ['GET', `${path}/${recordId}/history`],
      ['PUT', `${path}/${recordId}`, { description: 'x' }],
      ['DELETE', `${path}/${recordId}?reason=x`],
      ['POST', `${path}/${recordId}/verification`],
      ['GET', `/pets/${world.rex}/vaccination-status`],
    ] as const
    await house.sql('begin')
    await house.sql('lock table medical_records, medical_record_versions in access exclusive mode')
    try {
      for (const [method, path, body] of requests)
        for (const as of [world.sam, world.ada, world.drLind].slice(0, path.endsWith('status') ? 2 : 3)) {
          const signal = AbortSignal.timeout(5_000)
          const asked = house.call(method, path, { as, body })
          const late = once(signal, 'abort').then(() => assert.fail(`${method} ${path} waits for the records`))
          assert.ok([403, 404].includes((await Promise.race([asked, late])).status))
        }
    } finally {
      await house.sql('rollback')
    }
  })

  it('are never shown to a groomer, not by list, search, entity tag, history or change', async () => {
    const { rex, tomas } = world
    const path = `/pets/${rex}/medical-records`
    const attempts = async () => [
      await house.call('GET', path, { as: tomas }),
      await house.call('GET', `${path}?type=vaccination&search=shoulder&limit=1`, { as: tomas }),
      await house.call('GET', `${path}/${recordId}`, { as: tomas }),
      await house.call('GET', `${path}/${recordId}`, { as: tomas, headers: { 'if-none-match': '*' } }),
      await house.call('GET', `${path}/${recordId}/history`, { as: tomas }),
      await house.call('GET', `${path}/${crypto.randomUUID()}`, { as: tomas }),
      await house.call('POST', path, { as: tomas, body: rabies }),
      await house.call('PUT', `${path}/${recordId}`, { as: tomas, body: { description: 'mine' } }),
      await house.call('DELETE', `${path}/${recordId}?reason=mine`, { as: tomas, headers: { 'if-match': '"x"' } }),
    ]
    for (const { status } of await attempts()) assert.equal(status, 404)

    await visit(house, { petId: rex, providerId: world.tomasAtWork, locationId: world.newYork, service: 'grooming' })
    for (const { status, headers, body } of await attempts()) {
      assert.deepEqual([status, body.code], [403, 'auth.forbidden'])
      assert.equal(headers.get('etag'), null)
      assert.doesNotMatch(JSON.stringify(body), /shoulder|rabies|vaccination/)
    }
  })

  it('are shown to a vet while a visit at their location makes care', async () => {
    const { rex, drLind, drLindAtWork, drOkafor, newYork } = world
    const atNewYork = { petId: rex, providerId: drLindAtWork, locationId: newYork }
    await visit(house, { ...atNewYork, startsIn: '-24 months 1 day' })
    assert.deepEqual(await list(drLind), [200, 1])
    assert.deepEqual(await list(drOkafor), [403, 'medical-record.no-care'])
  })

  it('are hidden again from vets 24 months after the visit', async () => {
    const { rex, drLind, drLindAtWork, newYork } = world
    await visit(house, { petId: rex, providerId: drLindAtWork, locationId: newYork, startsIn: '-24 months -1 day' })
    assert.deepEqual(await list(drLind), [403, 'medical-record.no-care'])
  })

  it('are not opened by visits that did not happen, or were to a groomer', async () => {
    const { rex, drLind, drLindAtWork, tomasAtWork, newYork } = world
    const atNewYork = { petId: rex, providerId: drLindAtWork, locationId: newYork }
    for (const status of ['cancelled', 'declined', 'no-show']) await visit(house, { ...atNewYork, status })
    await visit(house, { ...atNewYork, providerId: tomasAtWork, service: 'grooming' })
    assert.deepEqual(await list(drLind), [403, 'medical-record.no-care'])
  })

  it('are opened by a visit that a vet booked from check-in only', async () => {
    const { rex, drLind, drLindAtWork, newYork } = world
    const booked = { petId: rex, providerId: drLindAtWork, locationId: newYork, bookedByVet: true }
    for (const status of ['requested', 'booked', 'confirmed']) await visit(house, { ...booked, status })
    assert.deepEqual(await list(drLind), [403, 'medical-record.no-care'])
    await visit(house, { ...booked, status: 'checked-in' })
    assert.deepEqual(await list(drLind), [200, 1])
  })

  it('are opened to a vet by owning the pet, as to any owner', async () => {
    await house.sql(`insert into ownerships (pet_id, owner_id, rights) values ($1, $2, '{view,records}')`, [
      world.rex,
      world.drOkafor,
    ])
    assert.deepEqual(await list(world.drOkafor), [200, 1])
    const listed = (await eventsOf(house, 'medical-record.listed')).at(-1)
    assert.equal(listed?.purpose, 'owner-request')
    const diagnosis = { type: 'diagnosis', occurredOn: '2026-03-30', details: { name: 'Otitis' } }
    const path = `/pets/${world.rex}/medical-records`
    assert.equal((await house.call('POST', path, { as: world.drOkafor, body: diagnosis })).status, 403)
    const verification = await house.call('POST', `${path}/${recordId}/verification`, { as: world.drOkafor })
    assert.deepEqual([verification.status, verification.body.code], [403, 'medical-record.no-care'])
    await house.sql('delete from ownerships where owner_id = $1', [world.drOkafor])
  })

  it('of one pet are not found under another', async () => {
    const { status } = await house.call('GET', `/pets/${world.mimi}/medical-records/${recordId}`, { as: world.sam })
    assert.equal(status, 404)
  })
})

describe('emergency access', () => {
  it('opens one pet to a vet for 60 minutes, and stands out in the trail', async () => {
    const { rex, mimi, drOkafor } = world
    const path = `/pets/${rex}/emergency-access`
    const { status, body, headers } = await house.call('POST', path, { as: drOkafor, body: { reason: 'Hit by a car' } })
    assert.equal(status, 201)
    assert.equal(headers.get('location'), 'medical-records')
    const minutes = (Date.parse(body.expiresAt) - Date.now()) / 60_000
    assert.ok(minutes > 59 && minutes <= 60, String(minutes))
    const [granted] = await eventsOf(house, 'emergency-access.granted')
    assert.deepEqual([granted?.pet_id, granted?.purpose], [rex, 'emergency'])
    assert.deepEqual(granted?.payload, { expiresAt: body.expiresAt })

    assert.deepEqual(await list(drOkafor), [200, 1])
    const listed = (await eventsOf(house, 'medical-record.listed')).at(-1)
    assert.deepEqual([listed?.purpose, listed?.record_ids], ['emergency', [recordId]])
    assert.deepEqual(await list(drOkafor, mimi), [403, 'medical-record.no-care'])
    assert.deepEqual(await list(world.drLind), [403, 'medical-record.no-care'])

    await house.setClockAhead('61 minutes')
    assert.deepEqual(await list(drOkafor), [403, 'medical-record.no-care'])
    assert.equal((await house.call('POST', path, { as: drOkafor, body: { reason: 'Not stable yet' } })).status, 201)
    assert.deepEqual(await list(drOkafor), [200, 1])
    await house.setClockAhead('0')
  })

  it('is told to every owner at once, whatever their rights, and its reason to whoever may read the records', async () => {
    const { rex, maya, noor, ines, ada, drOkafor, drLind, sam } = world
    const path = `/pets/${rex}/emergency-access`
    await house.drain()
    const before = (await house.mails()).length
    const reason = 'Brought in unconscious, opiates suspected'
    const { body: granted } = await house.call('POST', path, { as: drOkafor, body: { reason } })
    await house.drain()
    const mails = (await house.mails()).slice(before)
    assert.deepEqual(mails.map(({ to }) => to?.[0]?.address).toSorted(), ['maya@example.test', 'noor@example.test'])
    for (const mail of mails) {
      assert.match(mail.subject ?? '', /Emergency access/)
      assert.doesNotMatch(JSON.stringify(mail), /opiates/)
    }

    const { body } = await house.call('GET', path, { as: maya })
    assert.equal(body.items.length, 1)
    const { id, grantedAt, ...entry } = body.items[0]
    assert.deepEqual(entry, { vet: { id: drOkafor, name: 'Dr. Okafor' }, reason, expiresAt: granted.expiresAt })
    const [listed] = (await eventsOf(house, 'emergency-access.listed')).slice(-1)
    assert.deepEqual([listed?.actor_id, listed?.pet_id, listed?.purpose], [maya, rex, 'owner-request'])
    assert.ok(!JSON.stringify(await house.sql('select * from events')).includes('opiates'))
    for (const [as, code] of [
      [noor, 'auth.forbidden'],
      [ines, 'auth.forbidden'],
      [ada, 'auth.forbidden'],
      [drLind, 'medical-record.no-care'],
      [sam, 'resource.not-found'],
    ] as const)
      assert.equal((await house.call('GET', path, { as })).body.code, code)
  })

  it('opens records to read and write, and no visit, and ends with the role', async () => {
    const { mimi, drLind } = world
    await house.call('POST', `/pets/${mimi}/emergency-access`, { as: drLind, body: { reason: 'Seizure' } })
    const entry = { type: 'note', occurredOn: '2026-03-30', description: 'Stable' }
    const { source } = await add(house, drLind, mimi, entry)
    assert.equal(source, 'clinical')
    const groomed = { petId: mimi, providerId: world.drOkaforAtWork, locationId: world.london }
    const elsewhere = await visit(house, groomed)
    assert.equal((await house.call('GET', `/appointments/${elsewhere}`, { as: drLind })).status, 404)
    assert.equal((await house.call('GET', `/appointments/${elsewhere}/alerts`, { as: drLind })).status, 404)
    const reads = async () => (await list(drLind, mimi))[0] === 200
    await house.sql(`update accounts set roles = '{owner}' where id = $1`, [drLind])
    await within(2_000, async () => !(await reads()))
    assert.deepEqual(await list(drLind, mimi), [404, 'resource.not-found'])
    await house.sql(`update accounts set roles = '{owner,veterinarian}' where id = $1`, [drLind])
    await within(2_000, reads)
  })

  it('is for vets, and for pets that exist', async () => {
    const body = { reason: 'Curious' }
    for (const as of [world.maya, world.tomas, world.ines, world.ada]) {
      const answer = await house.call('POST', `/pets/${world.rex}/emergency-access`, { as, body })
      assert.deepEqual([answer.status, answer.body.code], [403, 'auth.forbidden'])
    }
    const missing = await house.call('POST', `/pets/${crypto.randomUUID()}/emergency-access`, {
      as: world.drLind,
      body,
    })
    assert.equal(missing.status, 404)
  })
})
