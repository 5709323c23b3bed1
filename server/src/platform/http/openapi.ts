import { type FileBody, type Route, routes, type Scope, scopeOf, sessionOnly } from '@petra/contract'
import type { TObject } from 'typebox'
import { languages } from '../language.ts'
import { isConditional, keepsAnswers } from './common-problems.ts'
import { answerHeaders, answersOf, fileSchema, isList, problemExamples } from './openapi-answers.ts'
import { type NamedSchemas, openNamedSchemas } from './openapi-schemas.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of the API: everything in it comes from the routes' declarations. Its server is wherever it was read. */
export function openApiDocument(): Json {
  const schemas = openNamedSchemas()
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    paths[route.url] = { ...paths[route.url], [route.method.toLowerCase()]: operation(route, schemas) }
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
    servers: [{ url: '/' }],
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
          description: 'The `accessToken` of POST /auth/login, or a personal access token of POST /me/tokens.',
        },
      },
      schemas: schemas.told,
      examples: problemExamples(routes),
      headers: answerHeaders,
    },
  }
}

function operation(route: Route, schemas: NamedSchemas): Json {
  const { params, query, example } = route
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...access(route),
    parameters: [
      ...parameters('path', params, example.params),
      ...parameters('query', query, example.query),
      ...headerParameters(route),
    ],
    ...(route.body ? { requestBody: requestBody(route, schemas) } : {}),
    ...(route.fileBody ? { requestBody: fileBody(route.fileBody) } : {}),
    responses: answersOf(route, schemas),
  }
}

/** Which scope a token needs, for programs and for people. */
function access(route: Route): Json {
  const { description } = route
  if ('public' in route) return { description, security: [] }
  const scope = scopeOf(route.permission)
  const isForPeople = (sessionOnly as readonly Scope[]).includes(scope)
  const needs = isForPeople ? 'Takes no personal access token.' : `Scope: \`${scope}\`.`
  return { description: `${description}\n\n${needs}`, security: [{ bearer: [scope] }] }
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
  if (keepsAnswers(route)) {
    fields.push(
      header(
        'Idempotency-Key',
        'A key of your making, 1 to 255 visible ASCII characters: the same request sent again gets the first answer again.',
      ),
    )
  }
  if (isConditional(route))
    fields.push(header('If-Match', 'The ETag you read; the change is refused with 412 when it is stale.'))
  if (route.method === 'GET' && !isList(route) && !route.fileAnswer?.made) {
    fields.push(header('If-None-Match', 'The ETag you have; answered with 304 when nothing changed.'))
  }
  if (route.spoken) fields.push(header('Accept-Language', `One of ${languages.join(', ')}; English otherwise.`))
  if (route.fileAnswer?.ranges) {
    fields.push(header('Range', 'One part of the file: `bytes=0-65535`, `bytes=65536-`, `bytes=-1024`.'))
    fields.push(header('If-Range', 'The ETag of the file that the part is to be of; of another, the whole is sent.'))
  }
  return fields
}

/** Without an example: the console would send it. */
function header(name: string, description: string): Json {
  return { name, in: 'header', required: false, description, schema: { type: 'string' } }
}

function requestBody({ body, method, example }: Route, { refer }: NamedSchemas): Json {
  const media = { schema: refer(body), example: example.body }
  const merge = method === 'PATCH' ? { 'application/merge-patch+json': media } : {}
  return { required: true, content: { 'application/json': media, ...merge } }
}

function fileBody({ mediaTypes, part }: FileBody): Json {
  if (part === undefined) {
    return {
      required: true,
      content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: fileSchema(type) }])),
    }
  }
  const schema = {
    type: 'object',
    properties: { [part]: fileSchema('application/octet-stream') },
    required: [part],
    additionalProperties: false,
  }
  const encoding = { [part]: { contentType: mediaTypes.join(', ') } }
  return { required: true, content: { 'multipart/form-data': { schema, encoding } } }
}

const tagDescriptions: Record<string, string> = {
  Privacy: 'Everything about me, to take along or to be erased.',
  People: 'Who has an account, in which roles.',
  'Signing in': 'Registering, signing in, passwords and e-mail addresses.',
  Accounts: 'Who you are, and your sessions.',
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
