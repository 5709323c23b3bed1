import type { FastifyInstance } from 'fastify'
import { AppError } from '../errors.ts'

/**
 * Answers 405 with `Allow` where a path is there, but not for that method. It is looked for when no route was found: a route for
 * each method that a path does not have would be two of three, and 1.5 MB.
 */
export function refuseOtherMethods(app: FastifyInstance): void {
  const offers: { readonly path: readonly string[]; readonly methods: readonly string[] }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    if (!url.includes('*')) offers.push({ path: url.split('/'), methods: [method].flat() })
  })
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done()
    const asked = request.url.split('?', 1)[0]?.split('/') ?? []
    const fitting = offers.filter(({ path }) => path.length === asked.length && path.every(fits, asked))
    if (fitting.length === 0) return done()
    const allowed = fitting.flatMap(({ methods }) => methods).join(', ')
    reply.header('allow', allowed)
    done(new AppError('method.not-allowed', `This path takes ${allowed}.`))
  })
}

function fits(this: readonly string[], part: string, at: number): boolean {
  return part.startsWith(':') ? this[at] !== '' : part === this[at]
}
