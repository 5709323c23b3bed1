import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Actor, nobody } from '../actor.ts'
import { AppError } from '../errors.ts'
import { type Language, negotiateLanguage } from '../language.ts'
import type { RateLimit } from '../rate-limit.ts'
import { originOf } from './guard.ts'

/** More than any mail program sends. */
const BODY_LIMIT = 4_096

type Link = Record<string, string>
type Page = { readonly status: number; readonly html: string }

/** A link of a mail that one request acts on: GET shows a page, a POST as RFC 8058 has it does what the page offers. */
export interface OneClick {
  /** With `:name` for each part of the link that varies. */
  readonly path: string
  readonly limit: RateLimit | null
  show(link: Link, language: Language): Promise<Page>
  act(actor: Actor, link: Link, language: Language): Promise<Page>
}

/** Serves it to whoever has the link; it is part of no contract, for mail programs know their own. */
export function serveOneClick(app: FastifyInstance, { path, limit, show, act }: OneClick): void {
  app.register(async (scope) => {
    // Mail programs post a form, in either of the two encodings: what it says is found in both.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      ['application/x-www-form-urlencoded', 'multipart/form-data'],
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_request, body, done) => done(null, body),
    )
    scope.addHook('onRequest', async (request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      const taken = limit?.take(request.ip)
      if (!taken || taken.allowed) return
      reply.header('retry-after', String(taken.resetSeconds))
      throw new AppError('rate.limited')
    })
    scope.get(path, async (request, reply) => {
      const { status, html } = await show(request.params as Link, languageOf(request))
      return reply.code(status).type('text/html; charset=utf-8').send(html)
    })
    scope.post(path, async (request, reply) => {
      if (!/List-Unsubscribe"?(=|[\s\S]{0,9}\r\n)One-Click/.test(String(request.body)))
        throw new AppError('request.malformed')
      const { status, html } = await act(
        nobody(originOf(request, undefined)),
        request.params as Link,
        languageOf(request),
      )
      return reply.code(status).type('text/html; charset=utf-8').send(html)
    })
  })
}

function languageOf({ headers }: FastifyRequest): Language {
  return negotiateLanguage(headers['accept-language'])
}
