import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

describe('an Idempotency-Key', () => {
  let house: House
  let world: World
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    world = await populate(house)
  })
  after(() => house[Symbol.asyncDispose]())

  const addPet = (key: string, body: unknown = { name: 'Bo', species: 'dog' }, as = world.maya, path = '/pets') =>
    house.call('POST', path, { as, body, headers: { 'idempotency-key': key } })
  const countPets = async (name: string) =>
    (await house.sql('select count(*)::int from pets where name = $1', [name]))[0].count

  it('brings the first answer back, and does the work once', async () => {
    const first = await addPet('replay', { name: 'Once', species: 'dog' })
    assert.deepEqual([first.status, first.headers.get('idempotency-replayed')], [201, null])
    const again = await addPet('replay', { name: 'Once', species: 'dog' })
    assert.deepEqual([again.status, again.headers.get('idempotency-replayed')], [201, 'true'])
    assert.deepEqual(again.body, first.body)
    for (const field of ['location', 'etag', 'cache-control'])
      assert.equal(again.headers.get(field), first.headers.get(field))
    assert.equal(await countPets('Once'), 1)
  })

  it('brings back what was answered then, whatever has become of it', async () => {
    const { body: pet } = await addPet('then', { name: 'Before', species: 'dog' })
    await house.call('PATCH', `/pets/${pet.id}`, { as: world.maya, body: { name: 'After' } })
    assert.equal((await addPet('then', { name: 'Before', species: 'dog' })).body.name, 'Before')
  })

  it('is forgotten when its account loses a pet', async () => {
    const visit = { petId: world.rex, service: 'grooming', startsAt: '2027-03-16T14:00:00Z' }
    const book = () => addPet('lost', visit, world.noor, '/appointments')
    const leave = () =>
      house.sql('update ownerships set until = clock_now() where owner_id = $1 and until is null', [world.noor])
    await leave()
    await house.sql(`insert into ownerships (pet_id, owner_id, rights) values ($1, $2, '{view,book}')`, [
      world.rex,
      world.noor,
    ])
    const answers = [await book(), await book()]
    assert.deepEqual(
      answers.map(({ status, headers }) => [status, headers.get('idempotency-replayed')]),
      [
        [201, null],
        [201, 'true'],
      ],
    )
    await leave()
    assert.equal((await book()).status, 404)
  })

  it('is refused for another body, path or query', async () => {
    await addPet('mismatch')
    const others = [
      await addPet('mismatch', { name: 'Bo', species: 'cat' }),
      await addPet('mismatch', { name: 'Bo', species: 'dog' }, world.maya, `/pets?owner=${world.maya}`),
      await addPet(
        'mismatch',
        { petId: world.rex, service: 'grooming', startsAt: '2027-03-15T13:00:00Z' },
        world.maya,
        '/appointments',
      ),
    ]
    for (const { status, body } of others) assert.deepEqual([status, body.code], [422, 'idempotency.mismatch'])
  })

  it('is another key with another account', async () => {
    const mine = await addPet('shared')
    const theirs = await addPet('shared', { name: 'Bo', species: 'dog' }, world.sam)
    assert.deepEqual([theirs.status, theirs.headers.get('idempotency-replayed')], [201, null])
    assert.notEqual(theirs.body.id, mine.body.id)
  })

  it('keeps no failure: the request is tried anew', async () => {
    const body = { petId: world.rex, service: 'grooming', startsAt: '2027-03-15T03:00', locationId: world.newYork }
    const book = () => addPet('failure', body, world.maya, '/appointments')
    assert.equal((await book()).status, 422)
    const hours = { locationId: world.newYork, from: '2027-03-15T03:00', to: '2027-03-15T05:00' }
    await house.call('POST', `/providers/${world.tomasAtWork}/extra-hours`, { as: world.ada, body: hours })
    const second = await book()
    assert.deepEqual([second.status, second.headers.get('idempotency-replayed')], [201, null])
  })

  it('is refused when it is malformed, and where tokens are handed out', async () => {
    for (const key of ['', 'with space', 'ü', 'x'.repeat(256)]) {
      const { status, body } = await addPet(key)
      assert.deepEqual([status, body.errors[0].pointer], [400, '/headers/idempotency-key'], key)
    }
    assert.equal((await addPet('x'.repeat(255))).status, 201)
    assert.equal((await addPet('!~"\'\\')).status, 201)
    const body = { email: 'maya@example.test', password: 'good dog, stay safe' }
    for (const path of ['/auth/login', '/auth/refresh', '/auth/register', '/auth/logout']) {
      const answer = await house.call('POST', path, { as: world.noor, body, headers: { 'idempotency-key': 'x' } })
      assert.equal(answer.status, 400, path)
      assert.equal(answer.body.errors[0].pointer, '/headers/idempotency-key')
    }
  })

  it('outlives a day, and is then free again', async () => {
    await addPet('aged', { name: 'Aged', species: 'dog' })
    await house.setClockAhead('23 hours 59 minutes')
    assert.equal((await addPet('aged', { name: 'Aged', species: 'dog' })).headers.get('idempotency-replayed'), 'true')
    await house.setClockAhead('24 hours 1 minute')
    assert.equal((await addPet('aged', { name: 'Aged', species: 'dog' })).headers.get('idempotency-replayed'), null)
    assert.equal(await countPets('Aged'), 2)
    await house.setClockAhead('0')
  })

  it('keeps its answer sealed: nothing of it can be read in the table', async () => {
    await addPet('sealed', { name: 'Plaintext-marker', species: 'dog', careNotes: 'Bites when cornered' })
    const rows = await house.sql(
      `select encode(answer, 'escape') as answer, encode(fingerprint, 'escape') as fingerprint from idempotent_answers`,
    )
    assert.ok(rows.length > 0)
    assert.doesNotMatch(JSON.stringify(rows), /Plaintext-marker|Bites|species|status/)
  })

  it('keeps no digest against which a guess at the body could be held', async () => {
    const body = { name: 'Bo', species: 'dog', careNotes: 'Bites when cornered' }
    await addPet('guessed', body)
    const guess = hash('sha256', `POST /pets ${JSON.stringify(body)}`, 'buffer')
    const rows = await house.sql(`select fingerprint from idempotent_answers where key = 'guessed'`)
    assert.equal(rows.length, 1)
    assert.notDeepEqual(rows[0].fingerprint, guess)
  })
})
