import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { rawRequest } from './raw-request.ts'
import { type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

describe('hostile input', () => {
  let house: House
  let world: World
  let bearer: Record<string, string>

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    world = await populate(house)
    bearer = { authorization: `Bearer ${await house.signIn(world.maya)}` }
  })
  after(() => house[Symbol.asyncDispose]())

  const pet = (more: object) =>
    house.call('POST', '/pets', { as: world.maya, body: { name: 'Rex', species: 'dog', ...more } })

  it('is refused as a date that no calendar has, or none that a pet is born on', async () => {
    for (const birthDate of [
      '2027-02-30',
      '2027-13-01',
      '0000-01-01',
      '0001-01-01',
      '9999-12-31',
      '+275760-09-13',
      '2027-3-1',
      '',
    ]) {
      const { status, body } = await pet({ birthDate })
      assert.equal(status, 400, birthDate)
      assert.equal(body.errors[0].pointer, '/body/birthDate')
      assert.equal(
        (await house.call('GET', `/availability?service=grooming&date=${encodeURIComponent(birthDate)}`)).status,
        400,
      )
    }
  })

  it('is refused as an instant beyond the reach of PostgreSQL or of Temporal', async () => {
    const instants = [
      '0000-01-01T00:00:00Z',
      '0000-01-01T00:00:00+23:59',
      '9999-12-31T23:59:59-23:59',
      '294277-01-01T00:00:00Z',
      '-004713-01-01T00:00:00Z',
      '+275760-09-13T00:00:00Z',
      '2027-02-30T00:00:00Z',
      '2027-03-15T24:00:00Z',
      '2027-03-15T09:00:00+99:99',
      '2027-03-15T09:00:00[America/New_York]',
      '0000-01-01T00:00',
      '9999-12-31T23:59',
    ]
    for (const startsAt of instants) {
      const body = { petId: world.rex, service: 'grooming', startsAt, locationId: world.newYork }
      const { status, body: problem } = await house.call('POST', '/appointments', { as: world.maya, body })
      assert.equal(status, 400, startsAt)
      assert.equal(problem.errors[0].pointer, '/body/startsAt')
      for (const field of ['from', 'to']) {
        const list = `/appointments?${field}=${encodeURIComponent(startsAt)}&location=${world.newYork}`
        assert.equal((await house.call('GET', list, { as: world.maya })).status, 400, startsAt)
      }
    }
  })

  it('takes a UUID in upper case for the same one, and nothing that only looks like one', async () => {
    assert.equal((await house.call('GET', `/pets/${world.rex.toUpperCase()}`, { as: world.maya })).body.id, world.rex)
    const slots = await house.call(
      'GET',
      `/availability?service=grooming&date=2027-03-15&location=${world.newYork.toUpperCase()}`,
    )
    assert.ok(slots.body.slots.length > 0)
    const booked = await house.call('POST', '/appointments', {
      as: world.maya,
      body: {
        petId: world.rex.toUpperCase(),
        service: 'grooming',
        startsAt: '2027-03-15T09:00',
        locationId: world.newYork.toUpperCase(),
        providerId: world.tomasAtWork.toUpperCase(),
      },
    })
    assert.deepEqual([booked.status, booked.body.petId], [201, world.rex])
    for (const id of [
      `urn:uuid:${world.rex}`,
      world.rex.replaceAll('-', ''),
      `{${world.rex}}`,
      `${world.rex} `,
      '1',
      "' or 1=1 --",
    ]) {
      assert.equal((await house.call('GET', `/pets/${encodeURIComponent(id)}`, { as: world.maya })).status, 400, id)
      assert.equal(
        (await house.call('GET', `/availability?service=grooming&date=2027-03-15&provider=${encodeURIComponent(id)}`))
          .status,
        400,
        id,
      )
    }
  })

  it('is refused as a limit or a cursor that no list gave out', async () => {
    for (const limit of ['0', '101', 'abc', '-1', '1.5', '', '1e400', '5&limit=6', '%00']) {
      assert.equal((await house.call('GET', `/pets?limit=${limit}`, { as: world.maya })).status, 400, limit)
    }
    const id = world.rex
    const cursors = [
      ['2027-02-31T00:00:00Z', id],
      ['2027-99-99T99:99:99Z', id],
      ['0000-01-01T00:00:00Z', id],
      [['2027-01-01T00:00:00Z'], id],
      ['2027-01-01T00:00:00Z', [id]],
      ['2027-01-01T00:00:00Z'],
      { 0: '2027-01-01T00:00:00Z', 1: id, length: 2 },
      null,
    ].map((key) => Buffer.from(JSON.stringify(key)).toString('base64url'))
    for (const cursor of [...cursors, '', 'x', '%00', '%ff', '..%2F..%2Fetc']) {
      const { status, body } = await house.call('GET', `/appointments?cursor=${cursor}`, { as: world.maya })
      assert.equal(status, 400, cursor)
      assert.equal(body.errors[0].pointer, '/query/cursor')
    }
  })

  it('is refused as a URL, a header or a token that means nothing', async () => {
    for (const path of [
      '/pets/%00',
      '/pets/%zz',
      '/%',
      '/pets/%c0%af',
      `/pets/${'x'.repeat(190)}`,
      `/pets/${'x'.repeat(5_000)}`,
      '/pets?search=%00',
      '/pets/',
    ]) {
      assert.equal((await rawRequest(house.url, `GET ${path}`, { headers: bearer })).status, 400, path)
    }
    for (const path of ['/../../etc/passwd', '//pets', '/PETS', `/pets;a=b`]) {
      assert.equal((await rawRequest(house.url, `GET ${path}`, { headers: bearer })).status, 404, path)
    }
    for (const authorization of [
      'Bearer',
      'Bearer  ',
      'Basic bWF5YTp4',
      'Bearer a b',
      'Bearer \xff\xfe',
      'bearer ey.ey.ey',
      `Bearer ${'x'.repeat(4_000)}`,
    ]) {
      assert.equal((await rawRequest(house.url, 'GET /me', { headers: { authorization } })).status, 401, authorization)
    }
  })

  it('is hung up on, politely, where it is no HTTP', async () => {
    const cases: [string, Record<string, string>, number][] = [
      [`GET /me?x=${'y'.repeat(20_000)}`, {}, 400],
      ['GET /me', { 'x-long': 'y'.repeat(20_000) }, 400],
      ['G\u0000T /me', {}, 400],
      ['POST /pets', { 'content-length': '5', 'transfer-encoding': 'chunked' }, 400],
      ['POST /pets', { 'content-length': '-1' }, 400],
    ]
    for (const [line, headers, status] of cases) {
      const answer = await rawRequest(house.url, line, { headers })
      assert.equal(answer.status, status, line.slice(0, 60))
      assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
      assert.ok(answer.headers.get('x-request-id'))
      assert.equal(answer.body.requestId, answer.headers.get('x-request-id'))
    }
  })

  it('leaves the house standing', async () => {
    assert.equal((await house.call('GET', '/health/ready')).status, 200)
  })
})
