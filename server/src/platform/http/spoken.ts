import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Language, negotiateLanguage } from '../language.ts'

/** The language to answer a request in. */
export function languageFor(request: FastifyRequest): Language {
  return negotiateLanguage(request.headers['accept-language'])
}

/** Says in which language an answer is, and that it would be in another for others. */
export function sayLanguage(reply: FastifyReply, language: Language): void {
  reply.header('content-language', language)
  varyBy(reply, 'Accept-Language')
}

/** Says that an answer would be another for a request that differs in this field; CORS says so of `Origin`. */
export function varyBy(reply: FastifyReply, field: string): void {
  const vary = reply.getHeader('vary')
  reply.header('vary', vary === undefined ? field : `${vary}, ${field}`)
}
