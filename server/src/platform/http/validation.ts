import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import type { FastifyError, FastifyInstance } from 'fastify'
import type { FieldProblem } from '../errors.ts'

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default

/** Checks requests against the contract's schemas. Only query strings and path parameters are coerced; unknown fields are refused. */
export function validateRequests(app: FastifyInstance): void {
  const body = schemaChecker(false)
  const text = schemaChecker(true)
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? body : text).compile(schema as object))
}

/**
 * A compiler of JSON Schema 2020-12 that knows the contract's formats.
 * @param coerce whether text becomes the number or boolean the schema asks for
 */
export function schemaChecker(coerce: boolean): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, coerceTypes: coerce, useDefaults: coerce, strict: false })
  addFormats(ajv, ['uuid', 'date', 'date-time', 'email'])
  ajv.addFormat('storable-text', (text) => text.isWellFormed() && !text.includes('\0') && text.trim() !== '')
  ajv.addFormat('local-date-time', (text) => isLocal(text))
  ajv.addFormat('instant-or-local', (text) => isLocal(text) || isInstant(text))
  ajv.addFormat('time-zone', isTimeZone)
  ajv.addFormat('wall-time', /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/)
  ajv.addFormat('microchip', isMicrochip)
  return ajv
}

/** Where and what: RFC 6901 pointers into the request's body, query, params or headers. */
export function fieldProblems(error: FastifyError): FieldProblem[] {
  const part = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body')
  return (error.validation ?? []).map(({ instancePath, keyword, message, params }) => {
    const named = (params.missingProperty ?? params.additionalProperty) as string | undefined
    const field = named === undefined ? '' : `/${named.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return { pointer: `/${part}${instancePath}${field}`, message: messages[keyword]?.(params) ?? message ?? 'is not valid' }
  })
}

const messages: Record<string, (params: Record<string, unknown>) => string> = {
  required: () => 'is required',
  additionalProperties: () => 'is not a field of this request',
  unevaluatedProperties: () => 'is not a field of this request',
  enum: (params) => `must be one of ${(params.allowedValues as unknown[]).join(', ')}`,
  format: (params) => `must be ${formats[params.format as string] ?? `a valid ${params.format}`}`,
}

const formats: Record<string, string> = {
  'storable-text': 'text that is not blank, without NUL characters or lone surrogates',
  'local-date-time': 'a local date-time like 2027-03-15T09:00',
  'instant-or-local': 'an instant like 2027-03-15T09:00:00-04:00 or a local date-time like 2027-03-15T09:00',
  'time-zone': 'an IANA time zone like America/New_York',
  'wall-time': 'a wall-clock time from 00:00 to 24:00',
  microchip: 'an ISO 11784 microchip number of 15 digits',
  uuid: 'a UUID',
  date: 'a date like 2027-03-15',
  'date-time': 'an RFC 3339 instant like 2027-03-15T13:00:00Z',
  email: 'an e-mail address',
}

function isLocal(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return false
  return parses(() => Temporal.PlainDateTime.from(text, { overflow: 'reject' }))
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i.test(text) && parses(() => Temporal.Instant.from(text))
}

function isTimeZone(text: string): boolean {
  return /^[A-Za-z]/.test(text) && parses(() => new Intl.DateTimeFormat('en', { timeZone: text }))
}

/** ISO 11784: three digits of country (001–899) or manufacturer (900–998), then the national id of at most 38 bits. */
function isMicrochip(text: string): boolean {
  if (!/^\d{15}$/.test(text)) return false
  const issuer = Number(text.slice(0, 3))
  return issuer >= 1 && issuer <= 998 && Number(text.slice(3)) <= 274_877_906_943
}

function parses(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}
