import { Problem, type ProblemCode, problems, type Route, successStatus } from '@petra/contract'
import { AppError } from '../errors.ts'
import { commonProblems, keepsAnswers } from './common-problems.ts'
import type { NamedSchemas } from './openapi-schemas.ts'
import { problemOf } from './problems.ts'

type Json = Record<string, unknown>

/** Everything an operation can answer, by status. */
export function answersOf(route: Route, { refer }: NamedSchemas): Json {
  const problem = refer(Problem)
  return { ...success(route, refer), ...refusals(route, problem) }
}

/** Whether the route's answer is a page of a list, which carries no ETag. */
export function isList(route: Route): boolean {
  const schema = route.answers[200] as { properties?: Json } | null | undefined
  return schema?.properties !== undefined && 'items' in schema.properties
}

function success(route: Route, refer: NamedSchemas['refer']): Json {
  const status = successStatus(route)
  const schema = route.answers[status]
  const isTagged =
    (schema || (route.fileAnswer && !route.fileAnswer.made)) && !isList(route) && !route.url.startsWith('/auth/')
  const fields = [
    'X-Request-Id',
    'RateLimit',
    'RateLimit-Policy',
    ...(status === 201 ? ['Location'] : []),
    ...(isTagged ? ['ETag'] : []),
    ...(route.attachment || route.fileAnswer?.attachment ? ['Content-Disposition'] : []),
    ...(route.fileAnswer?.ranges ? ['Accept-Ranges'] : []),
    ...(keepsAnswers(route) ? ['Idempotency-Replayed'] : []),
  ]
  return {
    [status]: {
      description: { 200: 'Done.', 201: 'Created.', 204: 'Done; nothing to say.' }[status],
      headers: reference(fields),
      ...(schema ? { content: { 'application/json': { schema: refer(schema), example: route.example.answer } } } : {}),
      ...fileContent(route),
    },
    ...(route.fileAnswer?.ranges
      ? {
          206: {
            description: 'The part that was asked for.',
            headers: reference([...fields, 'Content-Range']),
            ...fileContent(route),
          },
        }
      : {}),
    ...(route.method === 'GET' && isTagged
      ? { 304: { description: 'Not modified.', headers: reference(['X-Request-Id', 'ETag']) } }
      : {}),
  }
}

function fileContent({ fileAnswer }: Route): Json {
  if (!fileAnswer) return {}
  return { content: Object.fromEntries(fileAnswer.mediaTypes.map((type) => [type, { schema: fileSchema(type) }])) }
}

/** Bytes as they are, in OpenAPI 3.1's words. */
export function fileSchema(mediaType: string): Json {
  return { type: 'string', contentMediaType: mediaType }
}

/** Every problem answer by status; codes that share one are listed together. */
function refusals(route: Route, problem: unknown): Json {
  const codes = new Set([...commonProblems(route), ...route.problems])
  const byStatus = Map.groupBy(codes, (code) => problems[code].status)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
          headers: reference(['X-Request-Id', ...(headersByStatus[status] ?? [])]),
          content: { 'application/problem+json': { schema: problem, examples: examplesOf(codes) } },
        },
      ]),
  )
}

const headersByStatus: Record<number, string[]> = {
  401: ['WWW-Authenticate'],
  416: ['Content-Range'],
  403: ['WWW-Authenticate'],
  429: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
  503: ['Retry-After'],
}

function reference(fields: string[]): Json {
  return Object.fromEntries(fields.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

function examplesOf(codes: readonly ProblemCode[]): Json {
  return Object.fromEntries(
    codes.map((code) => [exampleName(code), { $ref: `#/components/examples/${exampleName(code)}` }]),
  )
}

/** One example of every problem that some route answers with, by name. */
export function problemExamples(routes: readonly Route[]): Json {
  const codes = new Set(routes.flatMap((route) => [...commonProblems(route), ...route.problems]))
  return Object.fromEntries(
    [...codes]
      .sort()
      .map((code) => [
        exampleName(code),
        { summary: problems[code].title, value: problemOf(new AppError(code), '01980a6e-0c00-7000-8000-0000000000ff') },
      ]),
  )
}

function exampleName(code: ProblemCode): string {
  return code.replaceAll('.', '-')
}

/** The response header fields that answers refer to. */
export const answerHeaders: Json = Object.fromEntries(
  Object.entries({
    'X-Request-Id': 'The id of this request in logs and in the audit trail.',
    Location: 'Where the new resource is.',
    'Content-Disposition': 'Says that this is to be saved, and under which name.',
    'Accept-Ranges': '`bytes`: parts may be asked for with `Range`.',
    'Content-Range': 'Which part this is, and of how many bytes: `bytes 0-65535/204800`.',
    ETag: 'The strong entity tag of this representation.',
    'Retry-After': 'Seconds to wait.',
    RateLimit: 'What is left of the limit: `"account";r=1199;t=42`.',
    'RateLimit-Policy': 'The limit: `"account";q=1200;w=60`.',
    'Idempotency-Replayed': '`true` where this is the first answer again.',
    'WWW-Authenticate':
      'RFC 6750: `Bearer`, with `error="invalid_token"` where a token came and is not accepted, and `error="insufficient_scope"` where it does not carry the scope that is named.',
  }).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
)
