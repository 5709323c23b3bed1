import type { FastifyInstance } from 'fastify'
import { AppError } from '../errors.ts'

/** Deeper nesting than any body of the contract has, far below what would exhaust the stack. */
const MOST_DEPTH = 64

/** Reads JSON bodies, and merge patches where the method is PATCH. Everything else is 415. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'string' },
    (request, text: string, done) => {
      if (request.method !== 'PATCH' && request.headers['content-type']?.startsWith('application/merge-patch')) {
        return done(new AppError('media-type.unsupported', 'A merge patch goes with PATCH.'))
      }
      if (text === '') return done(null, undefined)
      if (isTooDeep(text)) return done(new AppError('request.malformed', `The body nests deeper than ${MOST_DEPTH} levels.`))
      parse(request, text, (error, body) =>
        error ? done(new AppError('request.malformed', 'The body is not JSON that Petra accepts.')) : done(null, body),
      )
    },
  )
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
