import assert from 'node:assert/strict'
import { problems, routes, successStatus } from '@petra/contract'
import type { Answer, House } from '../setup.ts'
import type { Facts } from './facts.ts'
import { judge } from './model.ts'
import { isPaged, type Question } from './question.ts'
import { type Request, requestOf } from './request-of.ts'
import { seenIn } from './seen-in.ts'
import { isHead, send } from './send.ts'
import { secret } from './settle.ts'
import type { Verdict } from './verdict.ts'

/** What is known of a company before anybody asks. */
export interface Company {
  readonly house: House
  readonly facts: Facts
  /** The entity tags of what the front desk sees, by path. */
  readonly tags: ReadonlyMap<string, string>
  /** The words of each refusal so far, by operation, code and reason. */
  readonly words: Map<string, string>
}

/** Puts a question and holds the answer against the model. @throws AssertionError where they differ */
export async function ask({ house, facts, tags, words }: Company, now: number, question: Question): Promise<void> {
  const verdict = judge(facts, now, question)
  const request = requestOf(question)
  const answer = await send(house, question, request, tags.get(request.path))
  assert.deepEqual([answer.status, codeOf(answer)], expected(verdict, request, question, tags), told(request, answer))
  const isOpen = verdict.refused === null && /^get|^list/.test(question.operation) && answer.status === 200
  if (!isOpen) assert.ok(!JSON.stringify(answer.body).includes(secret), `${told(request, answer)} tells of records`)
  if (isOpen && answer.body !== null) {
    if (verdict.sees !== null)
      assert.deepEqual(seenIn(question, answer.body), sorted(verdict.sees), told(request, answer))
  } else if (verdict.refused !== null && answer.body !== null && answer.body.code !== 'request.invalid') {
    holdRefusal(answer, `${question.operation} ${verdict.refused} ${verdict.because}`, words)
  }
}

function told({ method, path }: Request, { status, body }: Answer): string {
  return `${method} ${path} → ${status} ${JSON.stringify(body)?.slice(0, 400)}`
}

/** Nothing but the problem, no tag, and for one reason always the same words: those of what never was, where there is nothing to see. */
function holdRefusal({ headers, body }: Answer, reason: string, words: Map<string, string>): void {
  const { requestId, ...rest } = body
  assert.deepEqual(Object.keys(rest).toSorted(), ['code', 'detail', 'status', 'title', 'type'])
  assert.equal(headers.get('etag'), null)
  const key = body.status === 404 ? 'missing' : reason
  const text = JSON.stringify(rest)
  assert.equal(text, words.get(key) ?? text, reason)
  words.set(key, text)
}

/** Status and problem code, as they follow from the verdict and the form of the question. */
function expected(verdict: Verdict, request: Request, question: Question, tags: Company['tags']): unknown[] {
  const { form, operation } = question
  const withCode = (code: keyof typeof problems) => [problems[code].status, isHead(question, request) ? null : code]
  // Free times are for anybody: only their pet makes them ask who it is, and by then the query has been read.
  const isAtTheDoor = verdict.refused === 'auth.required' && operation !== 'searchAvailability'
  const isTurnedAway = isAtTheDoor || (verdict.refused !== null && /^(role|scope)$/.test(verdict.because))
  if (form === 'noise' && !isTurnedAway) return withCode('request.invalid')
  if (verdict.refused !== null) return withCode(verdict.refused)
  if (request.fails) return withCode(request.fails)
  const route = routes.find(({ operationId }) => operationId === operation)
  const isKnown = form === 'any tag' || (form === 'known tag' && tags.has(request.path) && verdict.sees !== 'limited')
  const isTagged = request.method === 'GET' && !isPaged(operation) && !/getAccessLog|getWorkingHours/.test(operation)
  return [isTagged && isKnown ? 304 : successStatus(route as never), null]
}

function codeOf({ status, body }: Answer): string | null {
  return status >= 400 ? (body?.code ?? null) : null
}

function sorted(sees: readonly string[] | string): readonly string[] | string {
  return typeof sees === 'string' ? sees : sees.toSorted()
}
