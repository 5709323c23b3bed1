import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, it } from 'node:test'
import { routes } from '@petra/contract'
import { type House, openHouse } from './setup.ts'

let house: House
before(async () => {
  house = await openHouse()
})
after(() => house[Symbol.asyncDispose]())

const script = readFileSync(new URL('../src/go/go.js', import.meta.url), 'utf8')

it('the page that mailed links lead to loads nothing foreign, and needs nothing that its policy forbids', async () => {
  const page = await fetch(`${house.url}/go`)
  assert.equal(page.status, 200)
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
  assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self'/)
  const html = await page.text()
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path)
  assert.deepEqual(loaded.sort(), ['/go.css', '/go.js'])
  assert.doesNotMatch(html, /<script(?! src)|\son\w+=|style=/)
  for (const [path, type] of [
    ['/go.js', 'text/javascript; charset=utf-8'],
    ['/go.css', 'text/css; charset=utf-8'],
  ] as const) {
    const file = await fetch(house.url + path)
    assert.deepEqual([file.status, file.headers.get('content-type')], [200, type])
  }
})

it('sends each token where the contract takes it', () => {
  const [, list] = /^const purposes = (\{.*?^\})/ms.exec(script) ?? []
  const purposes: Record<string, { method: string; path: string; password?: string }> = new Function(
    'inTheApp',
    `return ${list}`,
  )('')
  for (const purpose of ['email-verification', 'password-reset', 'email-change']) {
    const { method, path, password } = purposes[purpose] ?? {}
    const route = routes.find((candidate) => candidate.method === method && candidate.url === path)
    const fields = Object.keys((route?.body as { properties?: object } | undefined)?.properties ?? {})
    assert.ok(fields.includes('token'), purpose)
    assert.ok(password === undefined || fields.includes(password), purpose)
  }
})
