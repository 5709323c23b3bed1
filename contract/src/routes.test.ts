import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { Check, Errors } from 'typebox/schema'
import * as contract from './index.ts'
import { announced, eventNames, type Route, recordDetails, routes, successStatus } from './index.ts'

function named(route: Route) {
  return `${route.method} ${route.url}`
}

function repeated(values: readonly string[]) {
  return values.filter((value, index) => values.indexOf(value) !== index)
}

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'operationId' in value
}

function isClosed(schema: object) {
  return 'additionalProperties' in schema && schema.additionalProperties === false
}

function assertFits(schema: object | null | undefined, value: unknown, what: string) {
  if (schema === null || schema === undefined) return assert.equal(value, undefined, `${what}: nothing to show`)
  assert.ok(Check(schema, value), `${what}: ${JSON.stringify(Errors(schema, value)[1])}`)
}

describe('the contract', () => {
  it('lists every route that it declares', () => {
    const declared = Object.values(contract).filter(isRoute)
    assert.ok(declared.length > 50)
    assert.deepEqual(new Set(routes), new Set(declared))
  })

  it('gives every operation an id and an address of its own', () => {
    assert.deepEqual(repeated(routes.map((route) => route.operationId)), [])
    assert.deepEqual(repeated(routes.map(named)), [])
  })

  it('keeps the operations of a tag together', () => {
    const tags = routes.map((route) => route.tag)
    assert.deepEqual(repeated(tags.filter((tag, index) => tag !== tags[index - 1])), [])
  })

  it('repeats no event, and announces only events that exist', () => {
    assert.deepEqual(repeated(eventNames), [])
    for (const name of announced) assert.ok(eventNames.includes(name), name)
  })

  it('asks of the details of a record the first field and no other', () => {
    for (const [type, schema] of Object.entries(recordDetails)) {
      assert.deepEqual(schema.required ?? [], Object.keys(schema.properties).slice(0, 1), type)
      assert.ok(isClosed(schema), type)
    }
  })

  it('keeps every file under 300 lines', () => {
    for (const file of readdirSync(import.meta.dirname)) {
      const lines = readFileSync(`${import.meta.dirname}/${file}`, 'utf8').split('\n').length
      assert.ok(lines <= 300, `${file}: ${lines}`)
    }
  })
})

for (const route of routes) {
  describe(named(route), () => {
    it('says who may call it, one way', () => {
      assert.notEqual('public' in route, 'permission' in route)
      if ('permission' in route) assert.match(route.permission, /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
    })

    it('declares each parameter of its path', () => {
      const inPath = [...route.url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      assert.deepEqual(Object.keys(route.params?.properties ?? {}), inPath)
      assert.deepEqual(route.params?.required ?? [], inPath)
    })

    it('refuses what it does not name', () => {
      for (const schema of [route.params, route.query, route.body]) assert.ok(schema === undefined || isClosed(schema))
    })

    it('has one success, and lists each problem once', () => {
      assert.deepEqual(Object.keys(route.answers), [String(successStatus(route))])
      assert.deepEqual(repeated(route.problems), [])
    })

    it('shows a request and an answer that fit', () => {
      const { params, query, body, answer } = route.example
      assertFits(route.params, params, 'params')
      assertFits(route.query, route.query && (query ?? {}), 'query')
      assertFits(route.body, body, 'body')
      assertFits(route.answers[successStatus(route)], answer, 'answer')
    })
  })
}
