import type { Problem, ProblemCode } from '@petra/contract'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { codeOf } from '../database/sql-state.ts'
import { AppError, type FieldProblem, TooManyTries } from '../errors.ts'
import type { Language } from '../language.ts'
import { sayIn, titleIn } from './problem-texts.ts'
import { languageFor, sayLanguage } from './spoken.ts'
import { fieldProblems } from './validation.ts'

const MOST_FIELDS = 20

/** Makes every failure an RFC 9457 problem document; `refused` is told of it before the first byte leaves. */
export function answerProblems(
  app: FastifyInstance,
  refused: (request: FastifyRequest, error: AppError) => Promise<void>,
): void {
  app.setErrorHandler(async (thrown: FastifyError | AppError, request, reply) => {
    let error = toAppError(thrown)
    if (error.status >= 500 && error.status !== 503)
      request.log.error({ err: thrown, requestId: request.id }, 'request failed')
    try {
      await refused(request, error)
    } catch (unavailable) {
      error = toAppError(unavailable as AppError)
    }
    return sendProblem(reply, request, error)
  })
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, request, new AppError('resource.not-found', 'No such path.')),
  )
}

export function sendProblem(reply: FastifyReply, request: FastifyRequest, error: AppError): FastifyReply {
  if (error.status === 401 && !reply.hasHeader('www-authenticate'))
    reply.header('www-authenticate', 'Bearer realm="petra"')
  if (error.status === 503) reply.header('retry-after', '1')
  if (error instanceof TooManyTries) tellLimit(reply, error)
  const language = languageFor(request)
  sayLanguage(reply, language)
  return reply
    .code(error.status)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(problemOf(error, request.id, language))
}

/** The fields of draft-ietf-httpapi-ratelimit-headers, of the limit that was hit. */
function tellLimit(reply: FastifyReply, { limit, retryAfter }: TooManyTries): void {
  reply.header('ratelimit-policy', `"${limit.name}";q=${limit.most};w=${limit.seconds}`)
  reply.header('ratelimit', `"${limit.name}";r=0;t=${retryAfter}`)
  reply.header('retry-after', String(retryAfter))
}

/** The problem document of a failure (RFC 9457): title and words in a language, and the code that is the same in all. */
export function problemOf(error: AppError, requestId: string, language: Language = 'en'): Problem {
  const { code, status, more } = error
  const fields = fieldsOf(more)
  return {
    type: `urn:petra:problem:${code}`,
    title: titleIn(language, code),
    status,
    detail: detailIn(language, error, fields[0]),
    code,
    requestId,
    ...more,
    ...(fields.length > 0 && {
      errors: fields.map(({ pointer, message }) => ({ pointer, message: fieldIn(language, message) })),
    }),
  }
}

/** What nobody has translated is left out: the title stands in for it, so that a document speaks one language. */
function detailIn(language: Language, { code, message }: AppError, first: FieldProblem | undefined): string {
  if (language === 'en') return message
  if (first && message === first.message) return fieldIn(language, message)
  if (first && message === `${first.pointer} ${first.message}`)
    return `${first.pointer} ${fieldIn(language, first.message)}`
  return sayIn(language, message) ?? `${titleIn(language, code)}.`
}

function fieldIn(language: Language, message: string): string {
  return sayIn(language, message) ?? sayIn(language, 'is not valid') ?? message
}

function fieldsOf({ errors }: Record<string, unknown>): readonly FieldProblem[] {
  return Array.isArray(errors) ? (errors as FieldProblem[]) : []
}

function toAppError(thrown: FastifyError | AppError): AppError {
  if (thrown instanceof AppError) return thrown
  if (thrown.validation) return invalid(fieldProblems(thrown))
  if (thrown.name === 'IntegrityError') return new AppError('record.integrity')
  const known = fastifyCodes[thrown.code]
  if (known) return new AppError(known)
  if (isUnavailable(thrown)) return new AppError('service.unavailable', 'The database cannot be reached right now.')
  if (thrown.statusCode && thrown.statusCode >= 400 && thrown.statusCode < 500) return new AppError('request.malformed')
  return new AppError('server.error')
}

/** A request that does not fit its schema, saying where. */
export function invalid(errors: FieldProblem[]): AppError {
  const [first] = errors
  return new AppError('request.invalid', first && `${first.pointer} ${first.message}`, {
    errors: errors.slice(0, MOST_FIELDS),
  })
}

const fastifyCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type.unsupported',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
  FST_ERR_BAD_URL: 'request.malformed',
}

/** Connection refused, lost or shut down, no free connection in time, a statement or transaction that took too long. */
function isUnavailable(error: Error & { code?: string }): boolean {
  return (
    /^(08\w{3}|57P0[1-5]|57014|53\w{3}|25P0[34])$/.test(codeOf(error)) ||
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(error.code ?? '') ||
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(error.message)
  )
}
