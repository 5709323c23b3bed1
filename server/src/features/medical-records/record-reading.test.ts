import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { MedicalRecord } from '@petra/contract'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { insertRecord } from './queries/records.ts'
import { sealContent } from './sealed-content.ts'
import { add, eventsOf, rabies, visitDrLind } from './test-records.ts'

let house: House
let world: World
let path: string
/** Newest first. */
let ids: string[]

before(async () => {
  house = await openHouse()
  world = await populate(house)
  path = `/pets/${world.rex}/medical-records`
  await visitDrLind(house, world)
  ids = [
    (await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-01-10', description: 'Ate a SOCK' })).id,
    (await add(house, world.drLind, world.rex, { ...rabies, occurredOn: '2026-02-10' })).id,
    (
      await add(house, world.maya, world.rex, {
        type: 'allergy',
        occurredOn: '2026-03-10',
        details: { substance: 'Sockeye' },
      })
    ).id,
    (await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-10', description: 'Sneezes' })).id,
  ].toReversed()
})
after(() => house[Symbol.asyncDispose]())

async function list(query = '', as = world.maya): Promise<{ ids: string[]; nextCursor: string | null }> {
  const { status, body } = await house.call('GET', `${path}?${query}`, { as })
  assert.equal(status, 200, JSON.stringify(body))
  return { ids: body.items.map(({ id }: MedicalRecord) => id), nextCursor: body.nextCursor }
}

async function lastListed() {
  return (await eventsOf(house, 'medical-record.listed')).at(-1)
}

describe('listing records', () => {
  it('gives the newest first, and every record once over the pages', async () => {
    assert.deepEqual((await list()).ids, ids)
    const first = await list('limit=3')
    assert.deepEqual(first.ids, ids.slice(0, 3))
    assert.deepEqual(await list(`limit=3&cursor=${first.nextCursor}`), { ids: ids.slice(3), nextCursor: null })
    const { status, body } = await house.call('GET', `${path}?cursor=nonsense`, { as: world.maya })
    assert.deepEqual([status, body.code], [400, 'request.invalid'])
  })

  it('says of each what it says when it is read alone', async () => {
    const { body } = await house.call('GET', path, { as: world.maya })
    for (const item of body.items as MedicalRecord[]) {
      const alone = await house.call('GET', `${path}/${item.id}`, { as: world.maya })
      assert.equal(JSON.stringify(item), JSON.stringify(alone.body))
    }
  })

  it('narrows by type and by days, the first and the last included', async () => {
    assert.deepEqual((await list('type=vaccination')).ids, [ids[2]])
    assert.deepEqual((await list('from=2026-02-10&to=2026-03-09')).ids, [ids[2]])
    assert.deepEqual((await list('to=2026-01-10')).ids, [ids[3]])
    assert.deepEqual((await list('from=2026-03-11')).ids, [])
  })

  it('searches description and details, but not the names of fields', async () => {
    assert.deepEqual((await list('search=sock')).ids, [ids[1], ids[3]])
    assert.deepEqual((await list('search=rabi')).ids, [ids[2]])
    assert.deepEqual((await list('search=vaccine')).ids, [])
    assert.deepEqual((await list('search=sock&type=note')).ids, [ids[3]])
    const first = await list('search=sock&limit=1')
    assert.deepEqual(first.ids, [ids[1]])
    assert.deepEqual(await list(`search=sock&limit=1&cursor=${first.nextCursor}`), { ids: [ids[3]], nextCursor: null })
  })

  it('searches past the first 500 records', async () => {
    const { db, dataKeys } = house.context
    const { mimi, sam } = world
    const note = { type: 'note', occurredOn: '2020-01-01', description: 'A needle' } as const
    const oldest = await add(house, sam, mimi, note)
    await transact(db, async (tx) => {
      const key = await dataKeys.dataKeyFor(tx, 'pet-clinical', mimi)
      await Promise.all(
        Array.from({ length: 1001 }, () => {
          const id = crypto.randomUUID()
          const content = sealContent(key, 'medical_records', { id, version: 1 }, { description: 'Hay', details: {} })
          const row = { id, petId: mimi, content, source: 'owner-reported', authorId: sam } as const
          const hay = { type: 'note', occurredOn: '2023-01-01', appointmentId: null, addendumTo: null } as const
          return insertRecord(tx, { ...row, ...hay })
        }),
      )
    })
    const { body } = await house.call('GET', `/pets/${mimi}/medical-records?search=needle`, { as: sam })
    assert.deepEqual([body.items.map(({ id }: MedicalRecord) => id), body.nextCursor], [[oldest.id], null])
  })
})

describe('reading records', () => {
  it('names every record of a list in one event, and only those it showed', async () => {
    const before = (await eventsOf(house, 'medical-record.listed')).length
    await list('', world.drLind)
    const whole = await lastListed()
    assert.deepEqual([whole?.record_ids, whole?.pet_id, whole?.actor_id], [ids, world.rex, world.drLind])
    assert.deepEqual([whole?.outcome, whole?.purpose], ['allowed', 'care'])
    await list('limit=2')
    assert.deepEqual((await lastListed())?.record_ids, ids.slice(0, 2))
    await list('search=sneezes')
    assert.deepEqual((await lastListed())?.record_ids, [ids[0]])
    await list('search=nothing+like+it')
    assert.deepEqual((await lastListed())?.record_ids, [])
    assert.equal((await eventsOf(house, 'medical-record.listed')).length, before + 4)
  })

  it('leaves an event for a record, for its history, and for a 304', async () => {
    const [id] = ids as [string]
    const reads = async () => (await eventsOf(house, 'medical-record.read')).length
    const before = await reads()
    const { headers, body } = await house.call('GET', `${path}/${id}`, { as: world.maya })
    assert.deepEqual([body.id, headers.get('cache-control')], [id, 'no-store'])
    const [event] = (await eventsOf(house, 'medical-record.read')).slice(-1)
    assert.deepEqual([event?.record_ids, event?.resource_id, event?.purpose], [[id], id, 'owner-request'])
    const again = { as: world.maya, headers: { 'if-none-match': headers.get('etag') as string } }
    const unchanged = await house.call('GET', `${path}/${id}`, again)
    assert.deepEqual([unchanged.status, unchanged.body], [304, null])
    assert.equal((await house.call('GET', `${path}/${id}/history`, { as: world.maya })).status, 200)
    assert.equal((await house.call('HEAD', `${path}/${id}`, { as: world.maya })).status, 200)
    assert.equal(await reads(), before + 4)
  })

  it('shows nothing while the trail cannot be written', async () => {
    await house.sql('revoke insert on events from petra_app')
    const paths = ['', `/${ids[0]}`, `/${ids[0]}/history`].map((rest) => path + rest)
    try {
      for (const at of [...paths, `/pets/${world.rex}/vaccination-status`, `/pets/${world.rex}/access-log`]) {
        const { status, headers, body } = await house.call('GET', at, { as: world.maya })
        assert.deepEqual([status, body.code], [503, 'service.unavailable'], at)
        assert.equal(headers.get('etag'), null)
        assert.doesNotMatch(JSON.stringify(body), /Sneezes/)
      }
    } finally {
      await house.sql('grant insert on events to petra_app')
    }
    assert.equal((await house.call('GET', path, { as: world.maya })).status, 200)
  })
})
