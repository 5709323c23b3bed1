import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { MedicalRecordVersion } from '@petra/contract'
import { type CallOptions, type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { add, type EventFacts, eventsOf, rabies, visitDrLind } from './test-records.ts'

let house: House
let world: World
let path: string

before(async () => {
  house = await openHouse()
  world = await populate(house)
  path = `/pets/${world.rex}/medical-records`
  await visitDrLind(house, world)
})
after(() => house[Symbol.asyncDispose]())

function call(method: string, id: string, options: CallOptions) {
  return house.call(method, `${path}/${id}`, options)
}

async function refusal(method: string, id: string, options: CallOptions) {
  const { status, body } = await call(method, id, options)
  return [status, body.code]
}

async function contentHash(id: string): Promise<string> {
  const [{ content }] = await house.sql('select content from medical_records where id = $1', [id])
  return hash('sha256', content, 'hex')
}

describe('adding a record', () => {
  it("makes a vet's entry clinical and an owner's owner-reported, with one event", async () => {
    const { maya, drLind, rex } = world
    const reported = await add(house, maya, rex, rabies)
    assert.equal(reported.source, 'owner-reported')
    assert.deepEqual(reported.author, { id: maya, name: 'Maya' })
    const { version, status, verifiedBy, documents, description, details } = reported
    assert.deepEqual(
      { version, status, verifiedBy, documents },
      { version: 1, status: 'current', verifiedBy: null, documents: [] },
    )
    assert.deepEqual({ description, details }, { description: rabies.description, details: rabies.details })
    assert.equal((await add(house, drLind, rex, { ...rabies, type: 'note', details: {} })).source, 'clinical')

    const events = await eventsOf(house, 'medical-record.added')
    assert.equal(events.length, 2)
    const { resource_id, pet_id, record_ids, actor_id, purpose, payload } = events[0] as EventFacts
    assert.deepEqual(
      { resource_id, pet_id, record_ids, actor_id, purpose },
      {
        resource_id: reported.id,
        pet_id: rex,
        record_ids: [reported.id],
        actor_id: maya,
        purpose: 'owner-request',
      },
    )
    assert.deepEqual(payload, { version: 1, contentHash: await contentHash(reported.id) })
    assert.equal(events[1]?.purpose, 'care')
  })

  it('leaves what only vets know to vets', async () => {
    const body = { type: 'diagnosis', occurredOn: '2026-03-30', details: { name: 'Otitis externa' } }
    const { status, body: problem } = await house.call('POST', path, { as: world.maya, body })
    assert.deepEqual([status, problem.code], [403, 'auth.forbidden'])
    await add(house, world.drLind, world.rex, body)
  })

  it('needs details that fit the type, and says where they do not', async () => {
    const pointers = async (type: string, details?: object) => {
      const body = { type, occurredOn: '2026-03-30', ...(details && { details }) }
      const answer = await house.call('POST', path, { as: world.drLind, body })
      assert.deepEqual([answer.status, answer.body.code], [422, 'medical-record.invalid-details'])
      return answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)
    }
    assert.deepEqual(await pointers('vaccination'), ['/body/details/vaccine'])
    assert.deepEqual(await pointers('vaccination', { vaccine: 'luck' }), ['/body/details/vaccine'])
    assert.deepEqual(await pointers('weight', { grams: 1.5 }), ['/body/details/grams'])
    assert.deepEqual(await pointers('weight', { grams: '1500' }), ['/body/details/grams'])
    assert.deepEqual(await pointers('lab-result', { panel: 'CBC', results: [{ value: 3 }] }), [
      '/body/details/results/0/name',
    ])
    assert.deepEqual(await pointers('note', { mood: 'good' }), ['/body/details/mood'])
    assert.deepEqual(await pointers('allergy', { substance: 'nut\0' }), ['/body/details/substance'])
  })

  it('takes no number that JSON could not give back', async () => {
    for (const [field, value] of Object.entries({ value: '1e400', low: '-1e400', high: '1e400' })) {
      const details = `{"panel":"CBC","results":[{"name":"K","${field}":${value}}]}`
      const body = `{"type":"lab-result","occurredOn":"2026-03-30","details":${details}}`
      const answer = await house.call('POST', path, { as: world.drLind, body })
      assert.deepEqual([answer.status, answer.body.code], [422, 'medical-record.invalid-details'])
      assert.equal(answer.body.errors[0].pointer, `/body/details/results/0/${field}`)
    }
  })

  it('takes today, and no day to come', async () => {
    const on = async (days: number) => {
      const [{ day }] = await house.sql(`select (clock_now() at time zone 'UTC')::date + $1::integer || '' as day`, [
        days,
      ])
      return house.call('POST', path, { as: world.maya, body: { type: 'note', occurredOn: day } })
    }
    assert.equal((await on(0)).status, 201)
    const { status, body } = await on(2)
    assert.deepEqual([status, body.errors[0].pointer], [422, '/body/occurredOn'])
  })

  it('happens once when the request is repeated with its key', async () => {
    const request = { as: world.maya, body: rabies, headers: { 'idempotency-key': 'again' } }
    const [first, second] = [await house.call('POST', path, request), await house.call('POST', path, request)]
    assert.equal(second.headers.get('idempotency-replayed'), 'true')
    assert.deepEqual(second.body, first.body)
  })
})

describe('amending a record', () => {
  it('adds a version, keeps what is absent, and leaves the old one readable', async () => {
    const { maya, drLind, rex } = world
    const { id } = await add(house, maya, rex, rabies)
    const { status, body } = await call('PUT', id, {
      as: drLind,
      body: { description: 'Right shoulder.', reason: 'Wrong side' },
    })
    assert.equal(status, 200)
    assert.deepEqual([body.version, body.description, body.occurredOn], [2, 'Right shoulder.', '2026-03-30'])
    assert.deepEqual([body.details, body.author.name, body.source], [rabies.details, 'Maya', 'owner-reported'])

    const { body: history } = await call('GET', `${id}/history`, { as: maya })
    const said = history.items.map(({ version, description, author, reason }: MedicalRecordVersion) => [
      version,
      description,
      author.name,
      reason,
    ])
    assert.deepEqual(said, [
      [2, 'Right shoulder.', 'Dr. Lind', 'Wrong side'],
      [1, 'Left shoulder, no reaction.', 'Maya', null],
    ])
    const amended = (await eventsOf(house, 'medical-record.amended')).at(-1)
    assert.deepEqual(amended?.payload, { version: 2, contentHash: await contentHash(id), fields: ['description'] })
  })

  it('takes details as a whole, and a description away', async () => {
    const { id } = await add(house, world.maya, world.rex, rabies)
    const { body } = await call('PUT', id, { as: world.maya, body: { description: null, details: { vaccine: 'dap' } } })
    assert.deepEqual([body.description, body.details], [null, { vaccine: 'dap' }])
    const invalid = await call('PUT', id, { as: world.maya, body: { details: { lotNumber: 'A1' } } })
    assert.deepEqual([invalid.status, invalid.body.errors[0].pointer], [422, '/body/details/vaccine'])
    assert.deepEqual(await refusal('PUT', id, { as: world.maya, body: { occurredOn: '2999-01-01' } }), [
      422,
      'medical-record.invalid-details',
    ])
  })

  it('is for the owner who made the entry, and for vets', async () => {
    const { drLind, maya, rex, noor } = world
    const clinical = await add(house, drLind, rex, rabies)
    const reported = await add(house, maya, rex, rabies)
    await house.sql(`update ownerships set rights = '{view,records}' where owner_id = $1`, [noor])
    const body = { description: 'Mine now' }
    assert.deepEqual(await refusal('PUT', clinical.id, { as: maya, body }), [403, 'auth.forbidden'])
    assert.deepEqual(await refusal('PUT', reported.id, { as: noor, body }), [403, 'auth.forbidden'])
    assert.deepEqual(await refusal('DELETE', `${clinical.id}?reason=no`, { as: maya }), [403, 'auth.forbidden'])
    assert.equal((await call('GET', reported.id, { as: noor })).body.version, 1)
  })

  it('refuses a change made for another version', async () => {
    const { id } = await add(house, world.maya, world.rex, rabies)
    const { headers } = await call('GET', id, { as: world.maya })
    const etag = headers.get('etag') as string
    const change = (description: string) => ({ as: world.maya, headers: { 'if-match': etag }, body: { description } })
    const changed = await call('PUT', id, change('First'))
    assert.equal(changed.status, 200)
    assert.equal((await call('GET', id, { as: world.maya })).headers.get('etag'), changed.headers.get('etag'))
    assert.deepEqual(await refusal('PUT', id, change('Second')), [412, 'resource.stale'])
    assert.deepEqual(await refusal('DELETE', `${id}?reason=no`, { as: world.maya, headers: { 'if-match': etag } }), [
      412,
      'resource.stale',
    ])
  })

  it('keeps every version when many amend at once', async () => {
    const { id } = await add(house, world.maya, world.rex, rabies)
    const amend = (n: number) => call('PUT', id, { as: world.maya, body: { description: `Edit ${n}` } })
    const answers = await Promise.all([1, 2, 3, 4, 5].map(amend))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200, 200],
    )
    assert.deepEqual(answers.map(({ body }) => body.version).sort(), [2, 3, 4, 5, 6])
    const pages = []
    for (let cursor = ''; ; ) {
      const { body } = await call('GET', `${id}/history?limit=4${cursor}`, { as: world.maya })
      pages.push(body.items.map(({ version }: { version: number }) => version))
      if (body.nextCursor === null) break
      cursor = `&cursor=${body.nextCursor}`
    }
    assert.deepEqual(pages, [
      [6, 5, 4, 3],
      [2, 1],
    ])
  })
})

describe('retracting a record', () => {
  it('takes it out of every list, and keeps it and its history readable', async () => {
    const { maya, rex } = world
    const { id } = await add(house, maya, rex, rabies)
    assert.equal((await call('DELETE', `${id}?reason=Wrong%20pet`, { as: maya })).status, 204)
    const { body } = await house.call('GET', `${path}?limit=100`, { as: maya })
    assert.ok(body.items.length > 0 && body.items.every((item: { id: string }) => item.id !== id))
    const record = await call('GET', id, { as: maya })
    assert.deepEqual([record.body.status, record.body.version], ['entered-in-error', 2])
    const { body: history } = await call('GET', `${id}/history`, { as: maya })
    assert.deepEqual(
      history.items.map(({ status, reason }: MedicalRecordVersion) => [status, reason]),
      [
        ['entered-in-error', 'Wrong pet'],
        ['current', null],
      ],
    )
  })

  it('is done once, ends amending and verifying, and needs a reason', async () => {
    const { maya, drLind, rex } = world
    const { id } = await add(house, maya, rex, rabies)
    assert.deepEqual(await refusal('DELETE', id, { as: maya }), [400, 'request.invalid'])
    const before = (await eventsOf(house, 'medical-record.retracted')).length
    for (let i = 0; i < 2; i++) assert.equal((await call('DELETE', `${id}?reason=Twice`, { as: maya })).status, 204)
    const retracted = await eventsOf(house, 'medical-record.retracted')
    assert.equal(retracted.length, before + 1)
    assert.deepEqual(retracted.at(-1)?.payload, { version: 2, contentHash: await contentHash(id) })
    assert.deepEqual(await refusal('PUT', id, { as: maya, body: { description: 'x' } }), [409, 'resource.conflict'])
    assert.deepEqual(await refusal('POST', `${id}/verification`, { as: drLind }), [409, 'resource.conflict'])
  })
})

describe('verifying a record', () => {
  it('names the vet who vouches for it, once', async () => {
    const { maya, drLind, rex } = world
    const { id } = await add(house, maya, rex, rabies)
    const { status, body } = await call('POST', `${id}/verification`, { as: drLind })
    assert.deepEqual([status, body.verifiedBy, body.version], [200, { id: drLind, name: 'Dr. Lind' }, 1])
    const verified = (await eventsOf(house, 'medical-record.verified')).length
    assert.equal((await call('POST', `${id}/verification`, { as: drLind })).status, 200)
    assert.equal((await eventsOf(house, 'medical-record.verified')).length, verified)
  })

  it('is for vets who treat the pet, and for what an owner reported', async () => {
    const { maya, drLind, drOkafor, rex } = world
    const reported = await add(house, maya, rex, rabies)
    const clinical = await add(house, drLind, rex, rabies)
    assert.deepEqual(await refusal('POST', `${reported.id}/verification`, { as: maya }), [403, 'auth.forbidden'])
    assert.deepEqual(await refusal('POST', `${reported.id}/verification`, { as: drOkafor }), [
      403,
      'medical-record.no-care',
    ])
    assert.deepEqual(await refusal('POST', `${clinical.id}/verification`, { as: drLind }), [409, 'resource.conflict'])
  })

  it("falls with the owner's next amendment, and follows a vet's", async () => {
    const { maya, drLind, rex } = world
    const { id } = await add(house, maya, rex, rabies)
    await call('POST', `${id}/verification`, { as: drLind })
    const byVet = await call('PUT', id, { as: drLind, body: { description: 'Lot checked.' } })
    assert.equal(byVet.body.verifiedBy.id, drLind)
    const byOwner = await call('PUT', id, { as: maya, body: { details: { vaccine: 'rabies', licensedYears: 3 } } })
    assert.equal(byOwner.body.verifiedBy, null)
    const again = await call('PUT', id, { as: drLind, body: { description: 'Not seen.' } })
    assert.equal(again.body.verifiedBy, null)
  })
})
