import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { MedicalRecord, MedicalRecordVersion } from '@petra/contract'
import { type House, openHouse } from '../../../test/setup.ts'
import { addAccount, populate, type World } from '../../../test/world.ts'
import { add, eventsOf, rabies, visit, visitDrLind } from './test-records.ts'

let house: House
let world: World
let path: string
/** The visit that brings Rex under care. */
let appointmentId: string

const soap = {
  type: 'visit-note',
  occurredOn: '2026-03-30',
  details: { subjective: 'Limping since Sunday', plan: 'Rest' },
}

before(async () => {
  house = await openHouse()
  world = await populate(house)
  path = `/pets/${world.rex}/medical-records`
  appointmentId = await visitDrLind(house, world)
})
after(() => house[Symbol.asyncDispose]())

const note = (body: object = {}) => add(house, world.drLind, world.rex, { ...soap, ...body })

async function sign(id: string, as = world.drLind) {
  const { status, body } = await house.call('POST', `${path}/${id}/signature`, { as })
  return [status, body.code ?? body.signedAt !== null]
}

function addTo(id: string, body: object = {}, as = world.drLind) {
  const addendum = { occurredOn: '2026-03-31', description: 'Radiographs are clear.', ...body }
  return house.call('POST', `${path}/${id}/addenda`, { as, body: addendum })
}

const read = async (id: string) => (await house.call('GET', `${path}/${id}`, { as: world.drLind })).body

async function amend(id: string, plan: string) {
  const body = { details: { subjective: 'Limping', plan } }
  const answer = await house.call('PUT', `${path}/${id}`, { as: world.drLind, body })
  return [answer.status, answer.body.code ?? answer.body.version]
}

/** With the clock that far ahead. */
async function later(interval: string, work: () => Promise<void>): Promise<void> {
  await house.setClockAhead(interval)
  try {
    await work()
  } finally {
    await house.setClockAhead('0')
  }
}

describe('a visit note', () => {
  it('is signed by its author, once, and anew after an amendment', async () => {
    const { id, signedAt } = await note()
    assert.equal(signedAt, null)
    assert.deepEqual(await sign(id), [200, true])
    const first = await read(id)
    assert.deepEqual(await sign(id), [200, true])
    assert.equal((await read(id)).signedAt, first.signedAt)
    assert.deepEqual(await amend(id, 'Rest, and carprofen'), [200, 2])
    assert.equal((await read(id)).signedAt, null)
    assert.deepEqual(await sign(id), [200, true])

    const signed = (await eventsOf(house, 'medical-record.signed')).filter((event) => event.resource_id === id)
    assert.deepEqual(
      signed.map(({ payload, actor_id, purpose }) => [payload.version, actor_id, purpose]),
      [
        [1, world.drLind, 'care'],
        [2, world.drLind, 'care'],
      ],
    )
    const { body } = await house.call('GET', `${path}/${id}/history`, { as: world.drLind })
    assert.ok(body.items.every((version: MedicalRecordVersion) => version.signedAt !== null))
  })

  it('is signed by nobody else, and nothing else is signed', async () => {
    const moss = await addAccount(house, 'Moss', 'veterinarian')
    await house.call('POST', `/pets/${world.rex}/emergency-access`, { as: moss, body: { reason: 'Seizure' } })
    const { id } = await note()
    assert.deepEqual(await sign(id, moss), [403, 'auth.forbidden'])
    assert.deepEqual(await sign(id, world.drOkafor), [403, 'medical-record.no-care'])
    assert.deepEqual(await sign(id, world.maya), [403, 'auth.forbidden'])
    assert.deepEqual(await sign((await note(rabies)).id), [409, 'resource.conflict'])
    await house.call('DELETE', `${path}/${id}?reason=Wrong%20pet`, { as: world.drLind })
    assert.deepEqual(await sign(id), [409, 'resource.conflict'])
  })

  it('is amended for 24 hours and then no more, signed or not', async () => {
    const [unsigned, signed, other] = [await note(), await note(), await note({ ...rabies, type: 'vaccination' })]
    await sign(signed.id)
    assert.equal(Date.parse(unsigned.locksAt) - Date.parse(unsigned.createdAt), 24 * 3_600_000)
    assert.equal(other.locksAt, null)
    await later('23 hours 59 minutes', async () => {
      assert.deepEqual(await amend(unsigned.id, 'Rest well'), [200, 2])
    })
    await later('24 hours', async () => {
      for (const { id } of [unsigned, signed])
        assert.deepEqual(await amend(id, 'Something else'), [409, 'medical-record.locked'])
      assert.deepEqual((await read(unsigned.id)).details.plan, 'Rest well')
      assert.deepEqual(await sign(unsigned.id), [200, true])
      const change = { as: world.drLind, body: { description: 'Later' } }
      assert.equal((await house.call('PUT', `${path}/${other.id}`, change)).status, 200)
    })
  })

  it('is locked by the database, whatever asks', async () => {
    const { id } = await note()
    const attempts = [
      `content = '\\x00'`,
      `occurred_on = '2026-01-01'`,
      'version = 9',
      `type = 'note'`,
      `created_at = clock_now()`,
      `author_id = verified_by`,
    ]
    await later('25 hours', async () => {
      for (const attempt of attempts)
        await assert.rejects(house.sql(`update medical_records set ${attempt} where id = $1`, [id]), {
          constraint: 'visit_note_is_open',
        })
    })
  })

  it('is entered in error at any time, which is the end of it', async () => {
    const { id } = await note()
    await later('25 hours', async () => {
      const { status } = await house.call('DELETE', `${path}/${id}?reason=Wrong%20pet`, { as: world.drLind })
      assert.equal(status, 204)
      assert.equal((await read(id)).status, 'entered-in-error')
    })
    await assert.rejects(house.sql(`update medical_records set status = 'current' where id = $1`, [id]), {
      constraint: 'entered_in_error_is_final',
    })
  })
})

describe('an addendum', () => {
  it('belongs to the note and its visit, and is a record like any other', async () => {
    const { id } = await note({ appointmentId })
    await later('3 days', async () => {
      const { status, body, headers } = await addTo(id)
      assert.equal(status, 201)
      assert.equal(headers.get('location'), `${path}/${body.id}`)
      assert.deepEqual(
        [body.type, body.addendumTo, body.appointmentId, body.source, body.description],
        ['note', id, appointmentId, 'clinical', 'Radiographs are clear.'],
      )
      const second = (await addTo(id, { description: 'So is the blood.' })).body
      assert.deepEqual((await read(id)).addendumIds, [body.id, second.id])
      assert.deepEqual((await eventsOf(house, 'medical-record.added')).at(-1)?.payload.addendumTo, id)
      const found = await house.call('GET', `${path}?search=radiographs`, { as: world.maya })
      assert.deepEqual(
        found.body.items.map((record: MedicalRecord) => record.id),
        [body.id],
      )
      await house.call('DELETE', `${path}/${body.id}?reason=Wrong%20pet`, { as: world.drLind })
      assert.deepEqual((await read(id)).addendumIds, [second.id])
    })
  })

  it('is signed and locked like the note', async () => {
    const { id } = (await addTo((await note()).id)).body
    assert.deepEqual(await sign(id), [200, true])
    await later('24 hours', async () => {
      const change = { as: world.drLind, body: { description: 'No, they are not.' } }
      assert.equal((await house.call('PUT', `${path}/${id}`, change)).body.code, 'medical-record.locked')
    })
  })

  it('is for whoever treats the pet, to a visit note that stands, of a day that has begun', async () => {
    const { id } = await note()
    assert.equal((await addTo(id, {}, world.drOkafor)).body.code, 'medical-record.no-care')
    assert.equal((await addTo(id, {}, world.maya)).body.code, 'auth.forbidden')
    const future = await addTo(id, { occurredOn: '2999-01-01' })
    assert.deepEqual([future.status, future.body.errors[0].pointer], [422, '/body/occurredOn'])
    const { body: addendum } = await addTo(id)
    assert.equal((await addTo(addendum.id)).body.code, 'resource.conflict')
    await house.call('DELETE', `${path}/${id}?reason=Wrong%20pet`, { as: world.drLind })
    assert.equal((await addTo(id)).body.code, 'resource.conflict')
  })

  it('is not lost to an entering in error at the same moment', async () => {
    const { id } = await note()
    const [added, retracted] = await Promise.all([
      addTo(id),
      house.call('DELETE', `${path}/${id}?reason=Wrong%20pet`, { as: world.drLind }),
    ])
    assert.equal(retracted.status, 204)
    const { addendumIds } = await read(id)
    assert.deepEqual(added.status === 201 ? [added.body.id] : [], addendumIds)
  })
})

describe('the visit of a record', () => {
  it('is one of the same pet that is not off, and narrows the list', async () => {
    const { rex, mimi, drLindAtWork, newYork, drLind } = world
    const ofMimi = await visit(house, { petId: mimi, providerId: drLindAtWork, locationId: newYork })
    const off = await visit(house, { petId: rex, providerId: drLindAtWork, locationId: newYork, status: 'cancelled' })
    for (const wrong of [ofMimi, off, crypto.randomUUID()]) {
      const { status, body } = await house.call('POST', path, { as: drLind, body: { ...soap, appointmentId: wrong } })
      assert.deepEqual([status, body.code, body.errors[0].pointer], [422, 'reference.unknown', '/body/appointmentId'])
    }
    const another = await visit(house, { petId: rex, providerId: drLindAtWork, locationId: newYork })
    const { id } = await note({ appointmentId: another })
    const { body } = await house.call('GET', `${path}?appointment=${another}`, { as: drLind })
    assert.deepEqual(
      body.items.map((record: MedicalRecord) => record.id),
      [id],
    )
    assert.deepEqual((await eventsOf(house, 'medical-record.listed')).at(-1)?.record_ids, [id])
  })
})
