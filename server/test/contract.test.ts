import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { routes } from '@petra/contract'
import { schemaChecker } from '../src/platform/http/validation.ts'
import { type House, openHouse } from './setup.ts'

const SNAPSHOT = fileURLToPath(new URL('openapi.json', import.meta.url))
const REDOCLY = fileURLToPath(new URL('../../node_modules/.bin/redocly', import.meta.url))
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

describe('the contract', () => {
  let house: House
  // biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is as deep as it likes
  let document: any
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    document = (await house.call('GET', '/openapi.json')).body
  })
  after(() => house[Symbol.asyncDispose]())

  // biome-ignore lint/suspicious/noExplicitAny: as above
  function operations(): [string, any][] {
    return Object.entries<object>(document.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, operation]) =>
        METHODS.includes(method) ? [[`${method.toUpperCase()} ${path}`, operation] as [string, never]] : [],
      ),
    )
  }

  it('is the one written down (npm run openapi:write)', async () => {
    assert.deepEqual(document, JSON.parse(await readFile(SNAPSHOT, 'utf8')))
  })

  it('is OpenAPI 3.1 that its linter has nothing to say about', async () => {
    const { totals, problems } = JSON.parse(await lint())
    assert.deepEqual(problems, [])
    assert.deepEqual(totals, { errors: 0, warnings: 0, ignored: 0 })
  })

  it('tells every operation', () => {
    const declared = routes.map(({ method, url }) => `${method} ${url}`)
    assert.deepEqual(
      operations()
        .map(([name]) => name)
        .toSorted(),
      declared.toSorted(),
    )
  })

  it('explains every operation, and shows a request and an answer that fit it', () => {
    for (const [name, { summary, description, requestBody, responses, parameters }] of operations()) {
      assert.ok(summary.length > 5 && description.length > 20, name)
      for (const [type, { example }] of Object.entries<{ example: unknown }>(requestBody?.content ?? {}))
        assert.equal(example === undefined, !/json$/.test(type), name)
      const [success, ...more] = Object.keys(responses).filter((status) => status < '300')
      assert.ok(success && more.every((status) => status === '206'), name)
      const contents = Object.entries<{ example: unknown }>(responses[success].content ?? {})
      assert.equal(contents.length === 0, success === '204', name)
      for (const [type, { example }] of contents) assert.equal(example === undefined, type !== 'application/json', name)
      for (const { in: place, example } of parameters) if (place === 'path') assert.notEqual(example, undefined, name)
    }
    const checker = schemaChecker(false)
    for (const { operationId, body, params, query, answers, example } of routes) {
      const parts = [
        [body, example.body],
        [params, example.params],
        [query && example.query && query, example.query],
        [Object.values(answers)[0], example.answer],
      ]
      for (const [schema, value] of parts) {
        if (schema) assert.ok(checker.validate(schema as object, value), `${operationId}: ${checker.errorsText()}`)
      }
    }
  })

  it('shows every problem an operation can answer with', () => {
    for (const [name, { responses }] of operations()) {
      const problems = Object.entries<{ content: never; headers: object }>(responses).filter(
        ([status]) => status >= '400',
      )
      const statuses = problems.map(([status]) => status)
      for (const status of ['400', '429', '500', '503']) assert.ok(statuses.includes(status), `${name} ${status}`)
      for (const [status, { content, headers }] of problems) {
        const { schema, examples } = content['application/problem+json'] as {
          schema: object
          examples: Record<string, { $ref: string }>
        }
        assert.deepEqual(schema, { $ref: '#/components/schemas/Problem' })
        assert.ok('X-Request-Id' in headers, name)
        for (const { $ref } of Object.values(examples)) {
          assert.equal(
            document.components.examples[$ref.split('/').at(-1) as string].value.status,
            Number(status),
            name,
          )
        }
      }
    }
  })

  it('is shown at /docs with nothing from elsewhere', async () => {
    assert.equal((await fetch(`${house.url}/docs/`)).url, `${house.url}/docs`)
    const page = await house.call('GET', '/docs')
    assert.equal(page.status, 200)
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
    const assets = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url as string)
    assert.ok(assets.length >= 5)
    assert.doesNotMatch(String(page.body), /<script(?![^>]* src)|<style|https?:/)
    for (const asset of [...assets, '/docs/json']) {
      assert.ok(asset.startsWith('/docs/'), asset)
      assert.equal((await house.call('GET', asset)).status, 200, asset)
    }
    const policy = page.headers.get('content-security-policy') ?? ''
    for (const rule of ["default-src 'self'", "script-src 'self'"]) assert.ok(policy.split(';').includes(rule), policy)
    assert.doesNotMatch(policy, /connect-src|unsafe-eval|upgrade-insecure/)
    assert.deepEqual((await house.call('GET', '/docs/json')).body, document)
  })

  it('comes compressed to whoever takes that, and plain to all others', async () => {
    for (const [accepted, isZipped] of [
      ['gzip, deflate, br', true],
      ['br;q=1.0, gzip;q=0.5', true],
      ['identity', false],
      ['gzip;q=0', false],
      ['gzip; q=0.000, br', false],
    ] as const) {
      const answer = await fetch(`${house.url}/openapi.json`, { headers: { 'accept-encoding': accepted } })
      assert.equal(answer.headers.get('content-encoding'), isZipped ? 'gzip' : null, accepted)
      assert.equal(answer.headers.get('vary'), 'Accept-Encoding')
      assert.deepEqual(await answer.json(), document)
    }
  })

  it('is not sent its console again while that is the same', async () => {
    const path = `${house.url}/docs/static/swagger-ui.css`
    const first = await fetch(path)
    const etag = first.headers.get('etag') as string
    assert.deepEqual([first.status, first.headers.get('content-type')], [200, 'text/css; charset=utf-8'])
    assert.match(await first.text(), /^\.swagger-ui/)
    const again = await fetch(path, { headers: { 'if-none-match': etag } })
    assert.deepEqual([again.status, await again.text()], [304, ''])
  })
})

/** The linter's report as JSON; it reaches for no network. */
function lint(): Promise<string> {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const args = ['lint', '--extends', 'recommended', '--format', 'json', SNAPSHOT]
  return new Promise((done) => {
    execFile(REDOCLY, args, { env, maxBuffer: 1e8 }, (_error, stdout) => done(stdout))
  })
}
