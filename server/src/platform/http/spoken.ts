import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Language, negotiateLanguage } from '../language.ts'

/** The language to answer a request in. */
export function languageFor(request: FastifyRequest): Language {
  return negotiateLanguage(request.headers['accept-language'])
}

/** Says in which language an answer is, and that it would be in another for others. */
export function sayLanguage(reply: FastifyReply, language: Language): void {
  const vary = reply.getHeader('vary')
  reply
    .header('content-language', language)
    .header('vary', vary === undefined ? 'Accept-Language' : `${vary}, Accept-Language`)
}
