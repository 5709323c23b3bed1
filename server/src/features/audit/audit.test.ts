import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AccessLogEntry, AuditEvent } from '@petra/contract'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'

let house: House
let world: World
let recordId: string

before(async () => {
  house = await openHouse({ LOG_LEVEL: 'fatal' })
  world = await populate(house)
  const { rex, maya, drOkafor, tomas, sam } = world
  const path = `/pets/${rex}/medical-records`
  const body = { type: 'note', occurredOn: '2026-03-30', description: 'Sneezes' }
  recordId = (await house.call('POST', path, { as: maya, body })).body.id
  await house.call('POST', `/pets/${rex}/emergency-access`, { as: drOkafor, body: { reason: 'Hit by a car' } })
  await house.call('GET', path, { as: drOkafor })
  await house.call('GET', path, { as: tomas })
  await house.call('GET', path, { as: sam })
  await house.call('PATCH', `/pets/${rex}`, { as: maya, body: { color: 'black' } })
  await house.sql('update medical_records set version = 2 where id = $1', [recordId])
  assert.equal((await house.call('GET', `${path}/${recordId}`, { as: maya })).status, 500)
})
after(() => house[Symbol.asyncDispose]())

async function events(query: string): Promise<AuditEvent[]> {
  const { status, body } = await house.call('GET', `/audit-events?${query}`, { as: world.ada })
  assert.equal(status, 200, JSON.stringify(body))
  return body.items
}

describe('the audit trail', () => {
  it('tells admins who did what, with which ids, and what was refused', async () => {
    const [listed] = await events('action=medical-record.listed')
    assert.deepEqual(
      { ...listed, id: null, at: null, requestId: null, address: null, sessionId: null },
      {
        id: null,
        at: null,
        actor: { id: world.drOkafor, name: 'Dr. Okafor', roles: ['owner', 'veterinarian'] },
        action: 'medical-record.listed',
        resource: null,
        recordIds: [recordId],
        petId: world.rex,
        outcome: 'allowed',
        reason: null,
        results: 1,
        onBehalfOf: null,
        sessionId: null,
        tokenId: null,
        purpose: 'emergency',
        payload: null,
        requestId: null,
        address: null,
        agent: 'node',
      },
    )
    const sessions = await house.sql('select id from sessions where account_id = $1', [world.drOkafor])
    assert.deepEqual([listed?.address, [{ id: listed?.sessionId }]], ['127.0.0.1', sessions])
    assert.match(listed?.requestId ?? '', /^[0-9a-f-]{36}$/)
    const refused = await events(`outcome=denied&pet=${world.rex}`)
    assert.deepEqual(
      refused.map(({ actor, action }) => [actor?.name, action]),
      [
        ['Sam', 'access.refused'],
        ['Tomas', 'access.refused'],
      ],
    )
  })

  it('is narrowed by each filter, and by all of them at once', async () => {
    const all = await events('limit=100')
    const matches = async (query: string, keep: (event: AuditEvent) => boolean) => {
      const expected = all.filter(keep).map(({ id }) => id)
      assert.ok(expected.length > 0 && expected.length < all.length, query)
      const found = (await events(`limit=100&${query}`))
        .map(({ id }) => id)
        .filter((id) => all.some((event) => event.id === id))
      assert.deepEqual(found, expected, query)
    }
    await matches(`actor=${world.maya}`, ({ actor }) => actor?.id === world.maya)
    await matches(`pet=${world.rex}`, ({ petId }) => petId === world.rex)
    await matches('action=pet.created', ({ action }) => action === 'pet.created')
    await matches('resource=pet', ({ resource }) => resource?.type === 'pet')
    await matches(`resource=${recordId}`, ({ resource }) => resource?.id === recordId)
    await matches('outcome=denied', ({ outcome }) => outcome === 'denied')
    const [newest, oldest] = [all[0] as AuditEvent, all.at(-1) as AuditEvent]
    await matches(`to=${newest.at}`, ({ at }) => at < newest.at)
    await matches(
      `from=${encodeURIComponent(all[3]?.at.replace('Z', '+00:00') ?? '')}`,
      ({ at }) => at >= (all[3]?.at ?? ''),
    )
    assert.deepEqual(await events(`to=${oldest.at}`), [])
    const query = `actor=${world.drOkafor}&pet=${world.rex}&action=medical-record.listed&outcome=allowed&from=${oldest.at}`
    assert.equal((await events(query)).length, 1)
    assert.deepEqual(await events(`${query}&resource=pet`), [])
  })

  it('says on whose behalf a pet was added, where that is somebody else', async () => {
    const body = { name: 'Mops', species: 'dog' }
    const added = async (path: string, as: string) => {
      const pet = await house.call('POST', path, { as, body })
      const [event] = await events(`resource=pet&action=pet.created&pet=${pet.body.id}`)
      return event?.onBehalfOf
    }
    assert.deepEqual(await added(`/pets?owner=${world.sam}`, world.ines), { id: world.sam })
    assert.equal(await added('/pets', world.sam), null)
  })

  it('finds an event by its time, though the clock that made its id is off', async () => {
    for (const off of ['-50 minutes', '50 minutes']) {
      const [{ id, at }] = await house.sql(
        `insert into events (id, at, name, outcome, purpose, actor_roles, announces)
         values (overlay(first_id_of(clock_now() + $1::interval)::text placing '8000-000000000000' from 20)::uuid, date_trunc('second', clock_now()),
                 'hold.released', 'allowed', 'operations', '{}', false) returning id, at`,
        [off],
      )
      const [from, to] = [at, new Date(at.getTime() + 1_000)].map((instant) => instant.toISOString())
      assert.ok(
        (await events(`action=hold.released&from=${from}&to=${to}`)).some((event) => event.id === id),
        off,
      )
    }
  })

  it('is given page by page, newest first, without a gap', async () => {
    const whole = (await events(`pet=${world.rex}&limit=100&outcome=allowed`)).filter(
      ({ action }) => action !== 'audit.read',
    )
    const seen: AuditEvent[] = []
    for (let cursor = ''; ; ) {
      const path = `/audit-events?pet=${world.rex}&outcome=allowed&limit=2${cursor}`
      const { body } = await house.call('GET', path, { as: world.ada })
      seen.push(...body.items)
      if (body.nextCursor === null) break
      cursor = `&cursor=${body.nextCursor}`
    }
    assert.deepEqual(
      seen.filter(({ action }) => action !== 'audit.read').map(({ id }) => id),
      whole.map(({ id }) => id),
    )
  })

  it('is exported as lines of JSON, as CSV that no spreadsheet runs, and as FHIR', async () => {
    await house.sql(`update accounts set name = '=1+1' where id = $1`, [world.drOkafor])
    const path = `/audit/export?pet=${world.rex}&action=medical-record.listed`
    const exported = async (format: string) => {
      const answer = await house.call('GET', `${path}&format=${format}`, { as: world.ada })
      return (typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)).trim().split('\n')
    }
    const [json = ''] = await exported('ndjson')
    assert.deepEqual(JSON.parse(json), (await events(`pet=${world.rex}&action=medical-record.listed`))[0])
    const [head = '', row = ''] = await exported('csv')
    assert.deepEqual(head.split(',').slice(0, 4), ['id', 'at', 'actorId', 'actorName'])
    assert.equal(row.split(',')[3], "'=1+1")
    const fhir = JSON.parse((await exported('fhir'))[0] as string)
    assert.deepEqual([fhir.resourceType, fhir.action, fhir.outcome], ['AuditEvent', 'R', '0'])
    assert.equal(fhir.purposeOfEvent[0].coding[0].code, 'ETREAT')
    assert.equal(
      fhir.entity.find(({ role }: { role: { code: string } }) => role.code === '1').what.identifier.value,
      world.rex,
    )
    await house.sql(`update accounts set name = 'Dr. Okafor' where id = $1`, [world.drOkafor])
    const [told] = await events('action=audit.exported')
    assert.deepEqual(told?.payload, { filters: ['pet', 'action'], format: 'fhir' })
  })

  it('is itself audited when it is read, and is for admins only', async () => {
    await events(`pet=${world.mimi}&outcome=failed`)
    const [read] = await house.sql(`select * from events where name = 'audit.read' order by id desc limit 1`)
    assert.deepEqual(
      [read.actor_id, read.pet_id, read.payload],
      [world.ada, world.mimi, { filters: ['pet', 'outcome'] }],
    )
    for (const as of [world.maya, world.tomas, world.drLind, world.ines]) {
      assert.equal((await house.call('GET', '/audit-events', { as })).status, 403)
    }
  })

  it('is not shown while reading it cannot be written down', async () => {
    await house.sql('revoke insert on events from petra_app')
    const { status } = await house.call('GET', '/audit-events', { as: world.ada })
    await house.sql('grant insert on events to petra_app')
    assert.equal(status, 503)
  })
})

describe('the access log of a pet', () => {
  it('tells its owners who looked at or changed records and profile, in which role and why', async () => {
    for (const as of [world.maya, world.noor]) {
      const { body } = await house.call('GET', `/pets/${world.rex}/access-log`, { as })
      assert.deepEqual(
        body.items.map(({ name, role, what, purpose }: AccessLogEntry) => [name, role, what, purpose]),
        [
          ['Maya', 'owner', 'pet.updated', 'owner-request'],
          ['Dr. Okafor', 'veterinarian', 'medical-record.listed', 'emergency'],
          ['Dr. Okafor', 'veterinarian', 'emergency-access.granted', 'emergency'],
          ['Maya', 'owner', 'medical-record.added', 'owner-request'],
          ['Maya', 'owner', 'pet.created', 'owner-request'],
        ],
      )
    }
    const first = await house.call('GET', `/pets/${world.rex}/access-log?limit=4`, { as: world.maya })
    const path = `/pets/${world.rex}/access-log?limit=4&cursor=${first.body.nextCursor}`
    const second = await house.call('GET', path, { as: world.maya })
    assert.deepEqual([first.body.items.length, second.body.items.length, second.body.nextCursor], [4, 1, null])
  })

  it('is audited, and for owners only', async () => {
    await house.call('GET', `/pets/${world.rex}/access-log`, { as: world.maya })
    const [read] = await house.sql(`select * from events where name = 'access-log.read' order by id desc limit 1`)
    assert.deepEqual([read.actor_id, read.pet_id], [world.maya, world.rex])
    const status = async (as: string) => (await house.call('GET', `/pets/${world.rex}/access-log`, { as })).status
    for (const as of [world.ines, world.drLind, world.ada]) assert.equal(await status(as), 403)
    for (const as of [world.sam, world.tomas]) assert.equal(await status(as), 404)
  })
})
