import assert from 'node:assert/strict'
import { type Method, type Route, routes } from '@petra/contract'
import { type Persona, personas } from './cast.ts'
import type { Stage } from './stage.ts'

export interface Request {
  readonly method: Method
  readonly path: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** Holds the body of a success against what the persona is to see. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a body
export type Look = (body: any, asked: { stage: Stage; who: Persona; request: Request }) => void

export interface Case {
  /** The request; one that changes something has an object of its own, or changes nothing for the next. */
  ask(stage: Stage, who: Persona): Request | Promise<Request>
  /** What the words of the row stand for. */
  readonly looks?: Readonly<Record<string, Look>>
}

export interface Row extends Required<Case> {
  readonly name: string
  readonly route: Route
  readonly verdicts: Readonly<Record<Persona, string>>
}

/** Words of the tables that are refusals: each a problem code. */
export const refusals: Readonly<Record<string, string>> = {
  401: 'auth.required',
  403: 'auth.forbidden',
  404: 'resource.not-found',
  care: 'medical-record.no-care',
}

/**
 * Reads a table: the first line names everybody, each other line a row by its operation, with one word for each of them:
 * a refusal, or a look of the row's case. `done` is for answers without a body.
 * @throws AssertionError when a persona has no verdict, a row no case, or a case no row
 */
export function table(text: string, cases: Readonly<Record<string, Case>>): Row[] {
  const [header = '', ...lines] = text.trim().split('\n')
  assert.deepEqual(header.trim().split(/\s+/), personas)
  const rows = lines.filter((line) => line.trim() !== '').map((line) => toRow(line.trim().split(/\s+/), cases))
  assert.deepEqual(rows.map(({ name }) => name).toSorted(), Object.keys(cases).toSorted())
  return rows
}

function toRow(words: readonly string[], cases: Readonly<Record<string, Case>>): Row {
  const name = words.slice(0, -personas.length).join(' ')
  const cells = words.slice(-personas.length)
  const route = routes.find(({ operationId }) => operationId === name.split(',')[0])
  assert.ok(route, `no operation: ${words.join(' ')}`)
  const row = cases[name]
  assert.ok(row, `no case: ${name}`)
  const looks = { done: () => {}, ...row.looks }
  for (const cell of cells) assert.ok(cell in refusals || cell in looks, `${name}: no meaning of ${cell}`)
  const verdicts = Object.fromEntries(personas.map((who, column) => [who, cells[column]])) as Record<Persona, string>
  return { name, route, verdicts, ask: row.ask, looks }
}

export const get = (path: string): Request => ({ method: 'GET', path })
export const post = (path: string, body?: unknown): Request => ({ method: 'POST', path, body })
export const put = (path: string, body: unknown): Request => ({ method: 'PUT', path, body })
export const patch = (path: string, body: unknown): Request => ({ method: 'PATCH', path, body })
export const del = (path: string): Request => ({ method: 'DELETE', path })
