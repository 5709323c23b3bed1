import assert from 'node:assert/strict'
import { type FileAnswer, problems, type Route, routes, successStatus } from '@petra/contract'
import { commonProblems } from '../src/platform/http/common-problems.ts'
import { schemaChecker } from '../src/platform/http/validation.ts'
import type { Answer } from './setup.ts'

const checker = schemaChecker(false)
const patterns = routes.map((route) => ({
  route,
  path: new RegExp(`^${route.url.replace(/\{\w+\}/g, '[^/?]+')}(\\?|$)`),
}))

/** Holds an answer against the contract: its body fits the schema, and a problem is one that the operation declares. */
export function checkAnswer(method: string, path: string, { status, headers, body }: Answer): void {
  assert.ok(headers.get('x-request-id'), 'every answer carries X-Request-Id')
  const route = patterns.find((candidate) => candidate.route.method === method && candidate.path.test(path))?.route
  if (!route || status === 304) return
  const at = `${method} ${path} → ${status} ${JSON.stringify(body)?.slice(0, 600)}`
  if (status >= 400) checkProblem(route, status, body as { code: string }, at)
  else checkSuccess(route, status, headers, body, at)
}

function checkSuccess(route: Route, status: number, headers: Headers, body: unknown, at: string): void {
  if (!(status === 206 && route.fileAnswer?.ranges)) assert.equal(status, successStatus(route), at)
  if (route.fileAnswer) checkFile(route.fileAnswer, headers, at)
  const schema = route.answers[successStatus(route)]
  if (schema) {
    const fits = checker.compile(schema)
    assert.ok(fits(body), `${at}\n${checker.errorsText(fits.errors)}`)
  } else if (!route.fileAnswer) assert.equal(body, null, at)
  if (status === 201) assert.ok(headers.get('location'), `201 carries Location: ${at}`)
}

function checkFile({ mediaTypes, attachment, made }: FileAnswer, headers: Headers, at: string): void {
  assert.ok(mediaTypes.includes(headers.get('content-type') ?? ''), at)
  assert.equal(headers.get('x-content-type-options'), 'nosniff', at)
  assert.equal(headers.get('content-disposition')?.startsWith('attachment;') ?? false, attachment === true, at)
  assert.equal(headers.has('etag'), made !== true, at)
}

function checkProblem(route: Route, status: number, body: { code: string }, at: string): void {
  assert.ok(body.code in problems, at)
  assert.equal(problems[body.code as keyof typeof problems].status, status, at)
  const declared: readonly string[] = [...commonProblems(route), ...route.problems]
  assert.ok(declared.includes(body.code), `${route.operationId} does not declare ${body.code}: ${at}`)
}
