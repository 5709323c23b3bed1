import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { assertProblem } from './assert-problem.ts'
import { rawRequest } from './raw-request.ts'
import { type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

describe('a hostile body', () => {
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
  const rawPet = (body: string | Buffer) =>
    rawRequest(house.url, 'POST /pets', { headers: { ...bearer, ...JSON_TYPE }, body })

  it('is refused as text that PostgreSQL cannot store', async () => {
    for (const name of ['a\0b', '\ud800', 'x\udfff', '   ', '']) {
      const { status, body } = await pet({ name })
      assert.equal(status, 400)
      assert.equal(body.errors[0].pointer, '/body/name')
    }
    assert.equal((await rawPet('{"name":"\\ud800","species":"dog"}')).status, 400)
    assert.equal((await pet({ name: '🐕‍🦺 Рекс' })).status, 201)
  })

  it('is refused as bytes that are not UTF-8', async () => {
    for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
      const body = Buffer.concat([Buffer.from('{"species":"dog","name":"'), Buffer.from(bytes), Buffer.from('"}')])
      const answer = await rawPet(body)
      assert.equal(answer.status, 400)
      assert.equal(answer.body.code, 'request.malformed')
    }
  })

  it('is refused as JSON that poisons prototypes, repeats itself without end or is none', async () => {
    const bodies = [
      '{"__proto__":{"name":"x"}}',
      '{"name":"x","species":"dog","constructor":{"prototype":{"admin":true}}}',
      '['.repeat(100_000),
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
      '{"name":"x"',
      "{'name':'x'}",
      '{"name":NaN}',
      'name=x',
    ]
    for (const body of bodies) {
      const answer = await rawPet(body)
      assert.equal(answer.status, 400, body.slice(0, 60))
      assert.equal(answer.body.code, 'request.malformed', body.slice(0, 60))
    }
    assert.equal(({} as { admin?: boolean }).admin, undefined)
  })

  it('is refused when it was compressed', async () => {
    const body = gzipSync('{"name":"Rex","species":"dog"}')
    const targets = [
      ['POST /pets', 'application/json'],
      [`PUT /pets/${world.rex}/photo`, 'image/png'],
    ] as const
    for (const [line, type] of targets)
      for (const coding of ['gzip', 'GZip', 'br', 'identity, gzip']) {
        const headers = { ...bearer, 'content-type': type, 'content-encoding': coding }
        const answer = await rawRequest(house.url, line, { headers, body })
        assertProblem(answer, 415, 'media-type.unsupported')
        assert.match(answer.body.detail, /without a Content-Encoding/)
      }
    const headers = { ...bearer, ...JSON_TYPE, 'content-encoding': 'identity' }
    const plain = await rawRequest(house.url, 'POST /pets', { headers, body: '{"name":"Rex","species":"dog"}' })
    assert.equal(plain.status, 201)
  })

  it('is refused as an empty body, a bare value or another shape', async () => {
    for (const body of ['null', '[]', '"rex"', '7', 'true']) assert.equal((await rawPet(body)).status, 400, body)
    const empty = await rawRequest(house.url, 'POST /pets', {
      headers: { ...bearer, ...JSON_TYPE, 'content-length': '0' },
    })
    assert.equal(empty.status, 400)
    assert.equal(empty.body.errors[0].pointer, '/body')
  })

  it('takes the last of two equal names, as JSON.parse does, and checks that one', async () => {
    assert.equal((await rawPet('{"name":"First","species":"dog","name":"Last"}')).body.name, 'Last')
    assert.equal((await rawPet('{"name":"First","species":"dog","name":7}')).status, 400)
  })

  it('is refused as a number out of range', async () => {
    for (const number of ['1e400', '-1e400', '1.5', '0', '-1', '99999999999999999999', '2000001', '"18"']) {
      const answer = await rawPet(`{"name":"x","species":"dog","weightGrams":${number}}`)
      assert.equal(answer.status, 400, number)
      assert.equal(answer.body.errors[0].pointer, '/body/weightGrams')
    }
    const body = '{"slug":"minus-zero","kind":"grooming","durationMinutes":30,"bufferAfterMinutes":-0}'
    const headers = { authorization: `Bearer ${await house.signIn(world.ada)}`, ...JSON_TYPE }
    const made = await rawRequest(house.url, 'POST /services', { headers, body })
    assert.deepEqual([made.status, made.body.bufferAfterMinutes], [201, 0])
  })

  it('is refused as a string of half a mebibyte', async () => {
    assert.equal((await pet({ name: 'x'.repeat(524_288) })).status, 400)
    const searched = await rawRequest(house.url, `GET /pets?search=${'x'.repeat(10_000)}`, { headers: bearer })
    assert.equal(searched.status, 400)
  })
})
