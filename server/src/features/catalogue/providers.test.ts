import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse()
  world = await populate(house)
  await post('/services', { slug: 'bath', kind: 'grooming', durationMinutes: 30 })
})

after(() => house[Symbol.asyncDispose]())

const post = (path: string, body: unknown, as = world.ada) => house.call('POST', path, { as, body })
const put = (path: string, body: unknown, headers = {}) => house.call('PUT', path, { as: world.ada, body, headers })
const nowhere = '01980a6e-0c00-7000-8000-00000000dead'

async function lastEvent(name: string) {
  const [event] = await house.sql(
    'select actor_id, resource_type, resource_id, payload from events where name = $1 order by id desc limit 1',
    [name],
  )
  return event
}

describe('providers', () => {
  let nameless = 0
  const staff = async (...roles: string[]) =>
    (await post('/staff', { email: `p${++nameless}@example.test`, name: `Pat ${nameless}`, roles })).body.id as string

  it('bear the name of their account and the role that its services ask for', async () => {
    const accountId = await staff('veterinarian', 'groomer')
    const body = { accountId, services: ['grooming'], locationIds: [world.newYork, world.london] }
    const { status, body: made } = await post('/providers', body)
    assert.equal(status, 201)
    const locationIds = [world.newYork, world.london].sort()
    assert.deepEqual(made, {
      id: made.id,
      name: `Pat ${nameless}`,
      role: 'groomer',
      services: ['grooming'],
      locationIds,
      skills: [],
      active: true,
    })
    assert.deepEqual((await lastEvent('provider.created')).payload, { accountId })
    await house.call('PATCH', '/me', { as: accountId, body: { name: 'Aaron' } })
    const { body: list } = await house.call('GET', '/providers')
    assert.deepEqual([list.items[0].id, list.items[0].name], [made.id, 'Aaron'])
  })

  it('are one to an account, also when asked for at once', async () => {
    const body = { accountId: await staff('groomer'), services: [], locationIds: [] }
    const answers = await Promise.all([post('/providers', body), post('/providers', body)])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409])
  })

  it('are refused what does not exist, with a pointer to each', async () => {
    const locationIds = [world.newYork, nowhere]
    const { status, body } = await post('/providers', {
      accountId: nowhere,
      services: ['grooming', 'magic'],
      locationIds,
    })
    assert.equal(status, 422)
    assert.equal(body.code, 'reference.unknown')
    assert.deepEqual(
      body.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/body/accountId', '/body/services/1', '/body/locationIds/1'],
    )
  })

  it('are refused services that their account has no role for', async () => {
    const wanted = { accountId: world.maya, services: ['grooming'], locationIds: [world.newYork] }
    assert.equal((await post('/providers', wanted)).body.errors[0].pointer, '/body/accountId')
    const vetsWork = { accountId: world.tomas, services: ['grooming', 'wellness-exam'], locationIds: [world.newYork] }
    const { status, body } = await put(`/providers/${world.tomasAtWork}`, vetsWork)
    assert.equal(status, 422)
    assert.equal(body.errors[0].pointer, '/body/services/1')
  })

  it('are replaced whole: services, role and locations', async () => {
    const accountId = await staff('veterinarian', 'groomer')
    const { body: made } = await post('/providers', {
      accountId,
      services: ['grooming', 'bath'],
      locationIds: [world.newYork],
    })
    const body = { accountId, services: ['wellness-exam'], locationIds: [world.london] }
    const { status, body: replaced, headers } = await put(`/providers/${made.id}`, body)
    assert.equal(status, 200)
    assert.deepEqual(replaced, {
      ...made,
      role: 'veterinarian',
      services: ['wellness-exam'],
      locationIds: [world.london],
    })
    assert.deepEqual((await lastEvent('provider.updated')).payload, { fields: ['role', 'services', 'locationIds'] })
    assert.equal((await put(`/providers/${made.id}`, body, { 'if-match': headers.get('etag') })).status, 200)
    assert.equal((await put(`/providers/${made.id}`, body, { 'if-match': '"stale"' })).status, 412)
    assert.equal((await put(`/providers/${made.id}`, { ...body, accountId: world.drLind })).status, 409)
    assert.equal((await put(`/providers/${nowhere}`, body)).status, 404)
  })

  it('are taken off the books, and not put on them again, once their account has lost its role or is disabled', async () => {
    for (const lose of [
      (id: string) => put(`/accounts/${id}/roles`, { roles: [] }),
      (id: string) => post(`/accounts/${id}/disablement`, undefined),
    ]) {
      const body = { accountId: await staff('groomer'), services: ['grooming'], locationIds: [world.newYork] }
      const { id } = (await post('/providers', body)).body
      assert.equal((await lose(body.accountId)).status, 200)
      const off = await put(`/providers/${id}`, { ...body, active: false })
      assert.equal(off.status, 200, JSON.stringify(off.body))
      assert.deepEqual([off.body.active, off.body.role], [false, 'groomer'])
      assert.equal(
        (await put(`/providers/${id}`, { ...body, services: [], locationIds: [], active: false })).status,
        200,
      )
      assert.equal((await put(`/providers/${id}`, body)).body.code, 'reference.unknown')
      const vet = await put(`/providers/${id}`, { ...body, services: ['wellness-exam'], active: false })
      assert.equal(vet.body.code, 'reference.unknown')
    }
  })

  it('are listed by service, slug or id, and by location', async () => {
    const names = async (query: string) => {
      const { status, body } = await house.call('GET', `/providers?${query}`)
      assert.equal(status, 200)
      return body.items.map(({ name }: { name: string }) => name)
    }
    const { body: services } = await house.call('GET', '/services?limit=100')
    const exam = services.items.find(({ slug }: { slug: string }) => slug === 'wellness-exam').id
    assert.deepEqual(await names('service=grooming'), ['Aaron', 'Tomas'])
    assert.deepEqual(await names(`service=wellness-exam&location=${world.newYork}`), ['Dr. Lind'])
    assert.deepEqual(await names(`service=${exam.toUpperCase()}&location=${world.newYork}`), ['Dr. Lind'])
    assert.deepEqual(await names(`service=magic`), [])
    assert.deepEqual(await names(`service=${encodeURIComponent(`' or true --`)}`), [])
    assert.deepEqual(await names(`location=${nowhere}`), [])
    const { body: first } = await house.call('GET', '/providers?limit=1')
    const { body: second } = await house.call('GET', `/providers?limit=1&cursor=${first.nextCursor}`)
    assert.deepEqual(
      [first, second].map(({ items }) => items[0].name),
      ['Aaron', 'Dr. Lind'],
    )
  })
})
