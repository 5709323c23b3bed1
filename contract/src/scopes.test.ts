import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Permission, routes, type Scope, scopeOf, scopes, sessionOnly, tokenScopes } from './index.ts'

const names = Object.keys(scopes) as Scope[]
const guarded = routes.filter((route) => 'permission' in route)

describe('scopes', () => {
  it('carry every permission of every route, each by one of them', () => {
    const carried = names.flatMap((scope): readonly Permission[] => scopes[scope])
    const needed = new Set(guarded.map(({ permission }) => permission))
    assert.deepEqual(carried.toSorted(), [...needed].toSorted())
    for (const scope of names) for (const permission of scopes[scope]) assert.equal(scopeOf(permission), scope)
  })

  it('read or write, as their names say', () => {
    for (const { permission, method, operationId } of guarded) {
      assert.equal(scopeOf(permission).split(':')[1], method === 'GET' ? 'read' : 'write', operationId)
    }
  })

  it('are for tokens, but for those that decide who gets in', () => {
    assert.deepEqual([...tokenScopes, ...sessionOnly].toSorted(), names.toSorted())
    for (const { url, permission, method } of guarded) {
      const decides =
        permission === 'ownerships.write' ||
        /^\/me\/(sessions|tokens|exports|erasure)|^\/auth\//.test(url) ||
        (/^\/(me|accounts|staff)/.test(url) && method !== 'GET')
      assert.equal((sessionOnly as readonly Scope[]).includes(scopeOf(permission)), decides, url)
    }
  })
})
