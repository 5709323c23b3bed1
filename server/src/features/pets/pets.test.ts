import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

const add = (body: object, as = world.maya, query = '') => house.call('POST', `/pets${query}`, { as, body })

describe('a pet profile', () => {
  it('says null for what is unknown, and who owns the pet', async () => {
    const { body, headers } = await add({ name: 'Luna', species: 'cat' })
    assert.equal(headers.get('location'), `/pets/${body.id}`)
    const { id, createdAt, updatedAt, ...rest } = body
    assert.ok(id && createdAt === updatedAt)
    assert.deepEqual(rest, {
      name: 'Luna',
      species: 'cat',
      breed: null,
      sex: 'unknown',
      neutered: null,
      birthDate: null,
      birthDateEstimated: false,
      weightGrams: null,
      color: null,
      microchip: null,
      microchippedOn: null,
      careNotes: null,
      deceasedOn: null,
      photoUrl: null,
      owners: [{ id: world.maya, name: 'Maya' }],
    })
  })

  it('is replaced as a whole by PUT, and in parts by a merge patch', async () => {
    const { body: pet } = await add({ name: 'Bo', species: 'dog', breed: 'Pug', weightGrams: 8_000 })
    const path = `/pets/${pet.id}`
    const patched = await house.call('PATCH', path, { as: world.maya, body: { breed: null, color: 'fawn' } })
    assert.deepEqual([patched.body.breed, patched.body.color, patched.body.weightGrams], [null, 'fawn', 8_000])
    const replaced = await house.call('PUT', path, { as: world.maya, body: { name: 'Bo', species: 'dog' } })
    assert.deepEqual([replaced.body.color, replaced.body.weightGrams], [null, null])
    const events = await house.sql(
      `select payload from events where name = 'pet.updated' and pet_id = $1 order by id`,
      [pet.id],
    )
    assert.deepEqual(
      events.map(({ payload }) => payload.fields),
      [
        ['breed', 'color'],
        ['weightGrams', 'color'],
      ],
    )
  })

  it('is not overwritten by whoever read an older one', async () => {
    const { body: pet, headers } = await add({ name: 'Kit', species: 'cat' })
    const ifMatch = { 'if-match': headers.get('etag') as string }
    const change = (color: string) =>
      house.call('PATCH', `/pets/${pet.id}`, { as: world.maya, body: { color }, headers: ifMatch })
    const answers = await Promise.all([change('red'), change('grey')])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 412])
  })

  it('has a microchip of its own, and does not tell whose it is otherwise', async () => {
    const chip = { microchip: '276098106123456' }
    assert.equal((await add({ name: 'One', species: 'dog', ...chip })).status, 201)
    const { status, body } = await add({ name: 'Two', species: 'dog', ...chip }, world.sam)
    assert.deepEqual([status, body.code], [409, 'resource.conflict'])
    assert.doesNotMatch(JSON.stringify(body), /One|Maya/)
    for (const microchip of ['276098', '000098106123456', '999098106123456', '276299999999999', '27609810612345x']) {
      assert.equal((await add({ name: 'Odd', species: 'dog', microchip })).status, 400, microchip)
    }
  })

  it('is added for a client by staff, and by nobody else', async () => {
    const forMaya = `?owner=${world.maya}`
    assert.equal((await add({ name: 'Ro', species: 'dog' }, world.ines, forMaya)).body.owners[0].id, world.maya)
    assert.equal((await add({ name: 'Ro', species: 'dog' }, world.sam, forMaya)).status, 403)
    assert.equal((await add({ name: 'Ro', species: 'dog' }, world.tomas, forMaya)).status, 403)
    assert.equal((await add({ name: 'Ro', species: 'dog' }, world.ines, `?owner=${crypto.randomUUID()}`)).status, 404)
    const taken = { name: 'Ro', species: 'dog', microchip: '276098106123456' }
    assert.equal((await add(taken, world.ines, `?owner=${crypto.randomUUID()}`)).status, 404)
  })
})

describe('pets', () => {
  it('are listed page by page, each once, oldest first', async () => {
    for (let i = 0; i < 5; i++) await add({ name: `Page ${i}`, species: 'fish' }, world.noor)
    const names: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await house.call('GET', `/pets?limit=2${cursor && `&cursor=${cursor}`}`, { as: world.noor })
      names.push(...body.items.map(({ name }: { name: string }) => name))
      if (body.nextCursor === null) break
      cursor = body.nextCursor
    }
    assert.deepEqual(names, ['Rex', 'Page 0', 'Page 1', 'Page 2', 'Page 3', 'Page 4'])
  })

  it('are found by staff by a part of the name or the whole microchip, wildcards taken literally', async () => {
    await add({ name: '100% Wool', species: 'rabbit', microchip: '276098106000001' })
    const found = async (search: string) => {
      const { body } = await house.call('GET', `/pets?search=${encodeURIComponent(search)}`, { as: world.ines })
      return body.items.map(({ name }: { name: string }) => name)
    }
    assert.deepEqual(await found('0% wo'), ['100% Wool'])
    assert.deepEqual(await found('276098106000001'), ['100% Wool'])
    assert.deepEqual(await found('1_0'), [])
    const ofSam = await house.call('GET', `/pets?search=Rex&owner=${world.sam}`, { as: world.ines })
    assert.deepEqual(ofSam.body.items, [])
    assert.equal((await house.call('GET', '/pets?search=Rex', { as: world.sam })).status, 403)
  })

  it('leave every list when they are archived, and answer 404', async () => {
    const { body: pet } = await add({ name: 'Old', species: 'dog' })
    assert.equal((await house.call('DELETE', `/pets/${pet.id}`, { as: world.maya })).status, 204)
    assert.equal((await house.call('GET', `/pets/${pet.id}`, { as: world.maya })).status, 404)
    assert.equal((await house.call('GET', `/pets/${pet.id}`, { as: world.ines })).status, 404)
    const { body } = await house.call('GET', '/pets?search=Old', { as: world.ines })
    assert.deepEqual(body.items, [])
  })
})
