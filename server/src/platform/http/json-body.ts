import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

/** Deeper nesting than any body of the contract has, far below what would exhaust the stack. */
const MOST_DEPTH = 64

/** RFC 8259 knows one encoding; a character that is none would otherwise be stored as U+FFFD. */
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Bodies come as they are: one that was compressed is small on the wire and as large as it likes in memory.
 * @returns 415 for any other content coding (RFC 9110, section 8.4)
 */
export function codingRefusal({ headers }: FastifyRequest): AppError | undefined {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? ''
  if (coding !== '' && coding !== 'identity')
    return new AppError('media-type.unsupported', 'A body comes as it is, without a Content-Encoding.')
}

/** Reads JSON bodies, and merge patches where the method is PATCH. Everything else is 415. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    (request, bytes: Buffer, done) => {
      const refusal = codingRefusal(request) ?? refusalOf(request.method, request.headers['content-type'] ?? '')
      if (request.routeOptions.config.route?.fileBody) return done(new AppError('media-type.unsupported'))
      if (refusal) return done(refusal)
      if (bytes.length === 0) return done(null, undefined)
      const text = decode(bytes)
      if (text === null) return done(new AppError('request.malformed', 'The body is not UTF-8.'))
      if (isTooDeep(text))
        return done(new AppError('request.malformed', `The body nests deeper than ${MOST_DEPTH} levels.`))
      parse(request, text, (error, body) =>
        error ? done(new AppError('request.malformed', 'The body is not JSON that Petra accepts.')) : done(null, body),
      )
    },
  )
}

function refusalOf(method: string, contentType: string): AppError | undefined {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';')
  if (method !== 'PATCH' && type.trim() === 'application/merge-patch+json') {
    return new AppError('media-type.unsupported', 'A merge patch goes with PATCH.')
  }
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='))
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) {
    return new AppError('media-type.unsupported', 'JSON is UTF-8 here.')
  }
}

function decode(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

/** Counts brackets, those inside strings left out. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (quoted) {
      if (c === 92) i++
      else if (c === 34) quoted = false
    } else if (c === 34) quoted = true
    else if (c === 123 || c === 91) {
      if (++depth > MOST_DEPTH) return true
    } else if (c === 125 || c === 93) depth--
  }
  return false
}
