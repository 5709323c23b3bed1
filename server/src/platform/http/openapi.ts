import { Problem, type ProblemCode, problems, type Route, successStatus } from '@petra/contract'
import type { TObject, TSchema } from 'typebox'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of the routes: everything in it comes from their declarations. */
export function openApiDocument(routes: readonly Route[], serverUrl: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    paths[route.url] ??= {}
    ;(paths[route.url] as Json)[route.method.toLowerCase()] = operation(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Petra',
      version: '0.1.0',
      summary: 'The API a pet-care company runs on',
      description: introduction,
      contact: { name: 'Petra', url: 'https://petra.example' },
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [{ url: serverUrl }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({
      name,
      description: tagDescriptions[name] ?? name,
    })),
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The `accessToken` of POST /auth/login.',
        },
      },
      schemas: { Problem },
      headers,
    },
  }
}

function operation(route: Route): Json {
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: route.description,
    ...('public' in route ? { security: [] } : {}),
    parameters: [
      ...parameters('path', route.params, route.example.params),
      ...parameters('query', route.query, route.example.query),
      ...headerParameters(route),
    ],
    ...(route.body ? { requestBody: requestBody(route) } : {}),
    responses: { ...success(route), ...refusals(route) },
  }
}

function parameters(place: 'path' | 'query', fields: TObject | undefined, examples: Json | undefined): Json[] {
  const required = new Set((fields as { required?: string[] } | undefined)?.required ?? [])
  return Object.entries(fields?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema,
    ...('description' in schema ? { description: schema.description } : {}),
    ...(examples && name in examples ? { example: examples[name] } : {}),
  }))
}

function headerParameters(route: Route): Json[] {
  const fields: Json[] = []
  if (route.method === 'POST' && !route.url.startsWith('/auth/')) {
    fields.push(
      header(
        'Idempotency-Key',
        'A key of your making: the same request sent again gets the first answer again.',
        '5f0c3f6e-visit',
      ),
    )
  }
  if (isConditional(route))
    fields.push(header('If-Match', 'The ETag you read; the change is refused with 412 when it is stale.', '"2Xq0…"'))
  if (route.method === 'GET' && !isList(route)) {
    fields.push(header('If-None-Match', 'The ETag you have; answered with 304 when nothing changed.', '"2Xq0…"'))
  }
  return fields
}

function header(name: string, description: string, example: string): Json {
  return { name, in: 'header', required: false, description, schema: { type: 'string' }, example }
}

function requestBody(route: Route): Json {
  const media = { schema: route.body, example: route.example.body }
  const merge = route.method === 'PATCH' ? { 'application/merge-patch+json': media } : {}
  return { required: true, content: { 'application/json': media, ...merge } }
}

function success(route: Route): Json {
  const status = successStatus(route)
  const schema = route.answers[status] as TSchema | null
  const named = status === 201 ? ['Location'] : []
  if (!isList(route) && schema && !route.url.startsWith('/auth/')) named.push('ETag')
  return {
    [status]: {
      description: { 200: 'Done.', 201: 'Created.', 204: 'Done; nothing to say.' }[status],
      headers: reference(['X-Request-Id', ...named]),
      ...(schema ? { content: { 'application/json': { schema, example: route.example.answer } } } : {}),
    },
    ...(route.method === 'GET' && !isList(route) ? { 304: { description: 'Not modified.' } } : {}),
  }
}

/** Every problem answer by status; codes that share one are listed together. */
function refusals(route: Route): Json {
  const byStatus = Map.groupBy(new Set([...commonProblems(route), ...route.problems]), (code) => problems[code].status)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
          headers: reference(['X-Request-Id', ...(status === 429 || status === 503 ? ['Retry-After'] : [])]),
          content: {
            'application/problem+json': {
              schema: { $ref: '#/components/schemas/Problem' },
              examples: Object.fromEntries(
                codes.map((code) => [
                  code.replaceAll('.', '-'),
                  { summary: problems[code].title, value: exampleProblem(code) },
                ]),
              ),
            },
          },
        },
      ]),
  )
}

/** What any route of this kind can answer with, beside what it declares. */
export function commonProblems(route: Route): ProblemCode[] {
  return [
    'request.malformed',
    'request.invalid',
    ...('permission' in route ? (['auth.required', 'auth.forbidden'] as const) : []),
    ...(route.method === 'POST' && !route.url.startsWith('/auth/')
      ? (['idempotency.in-progress', 'idempotency.mismatch'] as const)
      : []),
    ...(isConditional(route) ? (['resource.stale'] as const) : []),
    ...(route.method === 'GET' ? [] : (['body.too-large', 'media-type.unsupported'] as const)),
    'rate.limited',
    'server.error',
    'service.unavailable',
  ]
}

function exampleProblem(code: ProblemCode): Json {
  const { status, title } = problems[code]
  const requestId = '01980a6e-0c00-7000-8000-0000000000ff'
  return { type: `urn:petra:problem:${code}`, title, status, detail: `${title}.`, code, requestId }
}

function isConditional(route: Route): boolean {
  return ['PUT', 'PATCH', 'DELETE'].includes(route.method)
}

function isList(route: Route): boolean {
  const schema = route.answers[200] as { properties?: Json } | null | undefined
  return schema?.properties !== undefined && 'items' in schema.properties
}

function reference(fields: string[]): Json {
  return Object.fromEntries(fields.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

const headers = {
  'X-Request-Id': { description: 'The id of this request in logs and in the audit trail.', schema: { type: 'string' } },
  Location: { description: 'Where the new resource is.', schema: { type: 'string' } },
  ETag: { description: 'The strong entity tag of this representation.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'string' } },
}

const tagDescriptions: Record<string, string> = {
  Accounts: 'Registering, signing in, and who you are.',
  Owners: 'Clients, as the front desk keeps them.',
  Pets: 'Profiles of pets.',
  Catalogue: 'Services, locations, resources, staff and providers.',
  Schedules: 'Working hours, time off, extra hours and closures.',
  Availability: 'Free times.',
  Appointments: 'Booking, moving, cancelling and running visits.',
  'Medical records': 'A pet’s medical history; every look at it is accounted for.',
  Care: 'Vaccination status, who looked, and emergency access.',
  Audit: 'The trail of everything done.',
  Health: 'Whether this process is up.',
}

const introduction = `Owners book vets and groomers, keep their pets' profiles and reach their medical records; staff run their day;
every look at a record is accounted for.

Sign in with \`POST /auth/login\` and send the access token as \`Authorization: Bearer …\`. Lists are pages: follow \`nextCursor\`.
Errors are RFC 9457 problem documents whose \`code\` never changes. Any POST may carry an \`Idempotency-Key\`.`
