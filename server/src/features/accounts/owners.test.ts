import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse()
  world = await populate(house)
})

after(() => house[Symbol.asyncDispose]())

const post = (path: string, body: unknown, as: string) => house.call('POST', path, { as, body })

async function names(search: string, as = world.ines): Promise<string[]> {
  const { status, body } = await house.call('GET', `/owners?search=${encodeURIComponent(search)}`, { as })
  assert.equal(status, 200)
  return body.items.map(({ name }: { name: string }) => name)
}

describe('owners', () => {
  it('are added by the front desk, with or without an address', async () => {
    const client = { name: 'Zoë Quist', email: 'zoe@example.test', phone: '+1 (212) 555-0123' }
    const { status, body } = await post('/owners', client, world.ines)
    assert.equal(status, 201)
    assert.deepEqual(body, { id: body.id, ...client, createdAt: body.createdAt })
    const [event] = await house.sql(
      `select resource_type, resource_id, payload from events where name = 'owner.created'`,
    )
    assert.deepEqual(event, { resource_type: 'owner', resource_id: body.id, payload: null })
    const bare = await post('/owners', { name: 'Walk-in' }, world.ada)
    assert.deepEqual([bare.status, bare.body.email, bare.body.phone], [201, null, null])
    assert.equal((await post('/owners', { name: 'Walk-in' }, world.ines)).status, 201)
  })

  it('own pets that the front desk adds for them', async () => {
    const { body: owner } = await post('/owners', { name: 'Pim' }, world.ines)
    const pet = await post(`/pets?owner=${owner.id}`, { name: 'Kees', species: 'dog' }, world.ines)
    assert.deepEqual(pet.body.owners, [{ id: owner.id, name: 'Pim' }])
  })

  it('are refused with an address that is known, in whatever case, also at once', async () => {
    const body = { name: 'Twin', email: 'Twin@Example.test' }
    const answers = await Promise.all(Array.from({ length: 4 }, () => post('/owners', body, world.ines)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409])
    const { body: refused } = await post('/owners', { ...body, email: 'MAYA@example.test' }, world.ines)
    assert.equal(refused.code, 'resource.conflict')
    assert.equal((await names('Twin')).length, 1)
  })

  it('are found by a part of the name, and by the whole address or number only', async () => {
    assert.deepEqual(await names('oë qu'), ['Zoë Quist'])
    assert.deepEqual(await names('ZOE@example.test'), ['Zoë Quist'])
    assert.deepEqual(await names('+12125550123'), ['Zoë Quist'])
    assert.deepEqual(await names('zoe@example'), [])
    assert.deepEqual(await names('5550123'), [])
    assert.deepEqual(await names('%'), [])
    assert.deepEqual(await names(`' or '1'='1`), [])
  })

  it('with a number of no digits are not found by any other word', async () => {
    await post('/owners', { name: 'Odd', phone: 'ask the neighbour' }, world.ines)
    assert.deepEqual(await names('nothing like it'), [])
    assert.deepEqual(await names('---'), [])
  })

  it('are listed by name, page by page', async () => {
    const { body: all } = await house.call('GET', '/owners?limit=100', { as: world.ines })
    const ids: string[] = []
    let cursor = ''
    do {
      const { body } = await house.call('GET', `/owners?limit=3${cursor && `&cursor=${cursor}`}`, { as: world.ines })
      ids.push(...body.items.map(({ id }: { id: string }) => id))
      cursor = body.nextCursor
    } while (cursor !== null)
    assert.ok(ids.length > 8)
    assert.deepEqual(
      ids,
      all.items.map(({ id }: { id: string }) => id),
    )
  })

  it('are the business of front desk and admin only', async () => {
    for (const as of [world.maya, world.tomas, world.drLind]) {
      assert.equal((await house.call('GET', '/owners', { as })).status, 403)
      assert.equal((await post('/owners', { name: 'Mine' }, as)).status, 403)
    }
    assert.equal((await house.call('GET', '/owners')).status, 401)
  })
})

describe('staff', () => {
  const tove = { email: 'tove@example.test', name: 'Tove', roles: ['groomer'], password: 'good dog, stay safe' }

  it('with a password sign in at once', async () => {
    const { status, body } = await post('/staff', tove, world.ada)
    assert.equal(status, 201)
    assert.deepEqual(body, {
      id: body.id,
      email: tove.email,
      name: 'Tove',
      roles: ['owner', 'groomer'],
      locale: 'en',
      createdAt: body.createdAt,
    })
    const session = await house.call('POST', '/auth/login', { body: { email: tove.email, password: tove.password } })
    assert.deepEqual(session.body.account, body)
    const [event] = await house.sql(`select actor_id, resource_id, payload from events where name = 'account.created'`)
    assert.deepEqual(event, { actor_id: world.ada, resource_id: body.id, payload: null })
  })

  it('without a password cannot sign in', async () => {
    const { password: _, ...invited } = { ...tove, email: 'ulf@example.test' }
    assert.equal((await post('/staff', invited, world.ada)).status, 201)
    const answer = await house.call('POST', '/auth/login', { body: { email: invited.email, password: tove.password } })
    assert.equal(answer.body.code, 'auth.invalid-credentials')
  })

  it('are refused with an address that is known, and without a role', async () => {
    assert.equal((await post('/staff', tove, world.ada)).body.code, 'resource.conflict')
    assert.equal((await post('/staff', { ...tove, email: 'a@example.test', roles: [] }, world.ada)).status, 400)
    assert.equal((await post('/staff', { ...tove, email: 'a@example.test', roles: ['king'] }, world.ada)).status, 400)
  })

  it('are added by admins only', async () => {
    for (const as of [world.maya, world.tomas, world.drLind, world.ines]) {
      assert.equal((await post('/staff', { ...tove, email: 'b@example.test' }, as)).status, 403)
    }
  })
})
