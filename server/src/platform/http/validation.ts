import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { FastifyError, FastifySchemaCompiler } from 'fastify'
import type { FieldProblem } from '../errors.ts'
import { addContractFormats, formatMeanings } from './formats.ts'

/** Checks requests against the contract's schemas. Only query strings and path parameters are coerced; unknown fields are refused. */
export function requestValidator(): FastifySchemaCompiler<unknown> {
  const body = requestChecker(false)
  const text = requestChecker(true)
  return ({ schema, httpPart }) =>
    whenFirstAsked(() => (httpPart === 'body' ? body : text).compile(canonicalIds(schema)))
}

/** Compiling the schemas of all routes takes 0.9 s of processor time, which the start would have to wait for. */
function whenFirstAsked(compile: () => ValidateFunction) {
  let check: ValidateFunction | undefined
  return (value: unknown) => {
    check ??= compile()
    return check(value) || { error: check.errors ?? [] }
  }
}

/**
 * A compiler of JSON Schema 2020-12 that knows the contract's formats.
 * @param coerce whether text becomes the number or boolean the schema asks for
 */
export function schemaChecker(coerce: boolean): Ajv2020 {
  const options = { allErrors: true, coerceTypes: coerce, useDefaults: coerce, strict: false }
  // 1e400 is read as infinity, which JSON has no word for: it would be kept and answered as null. Of what text became, which
  // has an upper end wherever it is a number, Ajv would then check that end no longer.
  const ajv = new Ajv2020({ ...options, strictNumbers: !coerce })
  addContractFormats(ajv)
  return ajv
}

/** A checker that also writes what carries `lowerCase` in lower case: a UUID is taken in either (RFC 9562) and compared as text. */
function requestChecker(coerce: boolean): Ajv2020 {
  return schemaChecker(coerce).addKeyword({
    keyword: 'lowerCase',
    type: 'string',
    modifying: true,
    schema: false,
    validate(text: string, at: { parentData: Record<string, unknown>; parentDataProperty: string | number }) {
      at.parentData[at.parentDataProperty] = text.toLowerCase()
      return true
    },
  }) as Ajv2020
}

function canonicalIds(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema), (_, part) =>
    part?.format === 'uuid' ? { ...part, lowerCase: true } : part,
  )
}

/** Where and what: RFC 6901 pointers into the request's body, query, params or headers. */
export function fieldProblems(error: FastifyError): FieldProblem[] {
  const part = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body')
  return (error.validation ?? []).map(({ instancePath, keyword, message, params }) => {
    const named = (params.missingProperty ?? params.additionalProperty) as string | undefined
    const field = named === undefined ? '' : `/${named.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return {
      pointer: `/${part}${instancePath}${field}`,
      message: messages[keyword]?.(params) ?? message ?? 'is not valid',
    }
  })
}

const messages: Record<string, (params: Record<string, unknown>) => string> = {
  required: () => 'is required',
  additionalProperties: () => 'is not a field of this request',
  unevaluatedProperties: () => 'is not a field of this request',
  enum: (params) => `must be one of ${(params.allowedValues as unknown[]).join(', ')}`,
  format: (params) => `must be ${formatMeanings[params.format as string] ?? `a valid ${params.format}`}`,
}
