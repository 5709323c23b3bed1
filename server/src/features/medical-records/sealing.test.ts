import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { add, eventsOf, visitDrLind } from './test-records.ts'

const canaries = ['xylophagous', 'quixotry', 'zugzwang', 'vorpal']

let house: House
let world: World
let one: string
let other: string

before(async () => {
  house = await openHouse({ LOG_LEVEL: 'fatal' })
  world = await populate(house)
  await visitDrLind(house, world)
})
after(() => house[Symbol.asyncDispose]())

/** Reading the record fails its integrity check and says nothing of it, while the other record reads. */
async function damaged(id: string, rest = ''): Promise<void> {
  const path = `/pets/${world.rex}/medical-records`
  const { status, body, headers } = await house.call('GET', `${path}/${id}${rest}`, { as: world.maya })
  assert.deepEqual([status, body.code, headers.get('etag')], [500, 'record.integrity', null])
  assert.doesNotMatch(JSON.stringify(body), new RegExp(canaries.join('|')))
  const [event] = (await eventsOf(house, 'medical-record.read')).slice(-1)
  assert.deepEqual([event?.outcome, event?.record_ids, event?.pet_id], ['failed', [id], world.rex])
  const unaffected = await house.call('GET', `${path}/${other}${rest}`, { as: world.maya })
  assert.equal(unaffected.status, 200)
}

describe('the content of a record', () => {
  beforeEach(async () => {
    const body = { type: 'note', occurredOn: '2026-03-30', description: `${canaries[0]} as ever` }
    one = (await add(house, world.maya, world.rex, body)).id
    other = (await add(house, world.maya, world.rex, body)).id
  })

  it('does not open in the row of another record, nor does the list that it is on', async () => {
    await house.sql(
      'update medical_records set content = (select content from medical_records where id = $2) where id = $1',
      [one, other],
    )
    await damaged(one)
    const path = `/pets/${world.rex}/medical-records`
    for (const query of ['?limit=100', '?search=ever']) {
      const { status, body } = await house.call('GET', path + query, { as: world.maya })
      assert.deepEqual([status, body.code], [500, 'record.integrity'])
      const [event] = (await eventsOf(house, 'medical-record.listed')).slice(-1)
      assert.deepEqual([event?.outcome, event?.record_ids], ['failed', [one]])
    }
    const changes = [
      house.call('PUT', `${path}/${one}`, { as: world.maya, body: { description: 'x' } }),
      house.call('DELETE', `${path}/${one}?reason=x`, { as: world.maya }),
      house.call('POST', `${path}/${one}/verification`, { as: world.drLind }),
    ]
    for (const { status, body } of await Promise.all(changes))
      assert.deepEqual([status, body.code], [500, 'record.integrity'])
    await house.sql('delete from medical_record_versions where record_id = $1', [one])
    await house.sql('delete from medical_records where id = $1', [one])
  })

  it('does not open under another pet', async () => {
    await house.call('POST', `/pets/${world.mimi}/medical-records`, {
      as: world.sam,
      body: { type: 'note', occurredOn: '2026-03-30' },
    })
    await house.sql('update medical_records set pet_id = $2 where id = $1', [one, world.mimi])
    const path = `/pets/${world.mimi}/medical-records/${one}`
    const { status, body } = await house.call('GET', path, { as: world.sam })
    assert.deepEqual([status, body.code], [500, 'record.integrity'])
  })

  it('does not open as another version, nor a version as the record', async () => {
    const path = `/pets/${world.rex}/medical-records/${one}`
    const [{ content: first }] = await house.sql('select content from medical_records where id = $1', [one])
    await house.call('PUT', path, { as: world.maya, body: { description: 'second' } })
    await house.sql('update medical_records set content = $2 where id = $1', [one, first])
    await damaged(one)
    await house.sql(
      `update medical_records r set content = v.content from medical_record_versions v
        where r.id = $1 and v.record_id = r.id and v.version = r.version`,
      [one],
    )
    await damaged(one)
    await house.sql(
      `update medical_record_versions v set content = w.content from medical_record_versions w
        where v.record_id = $1 and v.version = 2 and w.record_id = $1 and w.version = 1`,
      [one],
    )
    await damaged(one, '/history')
  })

  it('does not open with one bit flipped, nor without its key', async () => {
    await house.sql(
      'update medical_records set content = set_bit(content, 200, 1 - get_bit(content, 200)) where id = $1',
      [one],
    )
    await damaged(one)
    await house.sql(`update vault.data_keys set wrapped = null, destroyed_at = now() where subject_id = $1`, [
      world.rex,
    ])
    house.context.dataKeys.forget(world.rex)
    const { status, body } = await house.call('GET', `/pets/${world.rex}/medical-records/${other}`, { as: world.maya })
    assert.deepEqual([status, body.code], [500, 'record.integrity'])
    const none = await house.call('GET', `/pets/${world.rex}/medical-records?type=weight`, { as: world.maya })
    assert.deepEqual([none.status, none.body.items], [200, []])
  })
})

describe('the reason of an emergency access', () => {
  it('does not open with one bit flipped, which the trail says, and records are unaffected', async () => {
    const { mimi, sam, drLind } = world
    const path = `/pets/${mimi}/emergency-access`
    await house.call('POST', path, { as: drLind, body: { reason: `${canaries[3]} fever` } })
    const [{ id }] = await house.sql(
      `update emergency_accesses set reason = set_bit(reason, 500, 1 - get_bit(reason, 500)) where pet_id = $1 returning id`,
      [mimi],
    )
    const { status, body } = await house.call('GET', path, { as: sam })
    assert.deepEqual([status, body.code], [500, 'record.integrity'])
    assert.doesNotMatch(JSON.stringify(body), new RegExp(canaries.join('|')))
    const [event] = (await eventsOf(house, 'emergency-access.listed')).slice(-1)
    assert.deepEqual([event?.outcome, event?.resource_id, event?.pet_id, event?.actor_id], ['failed', id, mimi, sam])
    assert.equal((await house.call('GET', `/pets/${mimi}/medical-records?type=weight`, { as: sam })).status, 200)
    await house.sql('delete from emergency_accesses where id = $1', [id])
  })
})

describe('clinical words', () => {
  it('stand in no table, no event and no kept answer', async () => {
    const { sam, mimi, drOkafor } = world
    const [description, substance, reason, emergency] = canaries as [string, string, string, string]
    const path = `/pets/${mimi}/medical-records`
    const body = { type: 'allergy', occurredOn: '2026-03-30', description, details: { substance } }
    const headers = { 'idempotency-key': 'canary' }
    const { body: added } = await house.call('POST', path, { as: sam, body, headers })
    await house.call('PUT', `${path}/${added.id}`, {
      as: sam,
      body: { details: { substance: `${substance}!` }, reason },
    })
    await house.call('GET', `${path}?search=${substance}`, { as: sam })
    await house.call('DELETE', `${path}/${added.id}?reason=${reason}`, { as: sam })
    await house.call('POST', `/pets/${mimi}/emergency-access`, { as: drOkafor, body: { reason: emergency } })

    const history = await house.call('GET', `${path}/${added.id}/history`, { as: sam })
    assert.match(JSON.stringify(history.body), new RegExp(`${description}.*${reason}`))

    const tables = await house.sql(
      `select format('%I.%I', schemaname, tablename) as table_name from pg_tables where schemaname in ('public', 'vault')`,
    )
    assert.ok(tables.length > 15)
    const needles = canaries.flatMap((word) => [
      word,
      Buffer.from(word).toString('hex'),
      Buffer.from(word).toString('base64').slice(0, 8),
    ])
    for (const { table_name } of tables) {
      const [{ hits }] = await house.sql(
        `select count(*)::integer as hits from ${table_name} t where t::text ilike any ($1)`,
        [needles.map((needle) => `%${needle}%`)],
      )
      assert.equal(hits, 0, table_name)
    }
  })
})
