import assert from 'node:assert/strict'
import type { Answer } from './setup.ts'

/** Asserts that an answer is the problem document of a code (RFC 9457), with all that every one carries. */
export function assertProblem(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json(; charset=utf-8)?$/)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const { type, title, detail, requestId } = answer.body
  assert.deepEqual([answer.body.code, answer.body.status, type], [code, status, `urn:petra:problem:${code}`])
  assert.ok(title.length > 0 && detail.length > 0)
  assert.match(requestId, /^[0-9a-f-]{36}$/)
  assert.equal(requestId, answer.headers.get('x-request-id'))
}
