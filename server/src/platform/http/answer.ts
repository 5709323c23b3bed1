import type { Route } from '@petra/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { entityTag, names } from './conditional.ts'
import type { KeptAnswer } from './idempotency.ts'
import { languageFor, sayLanguage } from './spoken.ts'
import { WrittenPage } from './written-page.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

/** Sends an answer with what belongs to it: where it is, how long it may be kept, its tag, and 304 to who has it already. */
export function answer(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, location, body, tag: ofFile }: KeptAnswer,
) {
  if (location !== undefined) reply.header('location', location)
  reply.header('cache-control', cacheControl(route, request))
  if (route.spoken) sayLanguage(reply, languageFor(request))
  if (route.attachment) reply.header('content-disposition', `attachment; filename="${route.attachment}"`)
  if (status === 204) return reply.code(204).send()
  if (body instanceof WrittenPage) return reply.code(status).type(JSON_TYPE).send(body.bytes)
  const { text, tag: ofText } = written(body)
  if (!isList(body) && !route.url.startsWith('/auth/')) {
    const tag = ofFile ?? ofText()
    reply.header('etag', tag)
    const known = request.headers['if-none-match']
    if (known !== undefined && ['GET', 'HEAD'].includes(request.method) && names(known.replaceAll('W/', ''), tag))
      return reply.code(304).send()
  }
  return reply.code(status).type(JSON_TYPE).send(text)
}

function cacheControl(route: Route, request: FastifyRequest): string {
  if (route.cacheSeconds !== undefined) return `public, max-age=${route.cacheSeconds}`
  if (route.noStore) return 'no-store'
  return isForAnybody(route, request) ? 'no-cache' : 'private, no-cache'
}

interface Written {
  readonly text: string
  readonly tag: () => string
}

/** Of bodies that stay as they are and are given again: one of a thousand free times takes 2 ms to write. */
const writtenOnce = new WeakMap<object, Written>()

function written(body: unknown): Written {
  const isKept = typeof body === 'object' && body !== null && Object.isFrozen(body)
  const known = isKept ? writtenOnce.get(body) : undefined
  if (known) return known
  const text = JSON.stringify(body)
  let tag: string | undefined
  const fresh = { text, tag: () => (tag ??= entityTag(text)) }
  if (isKept) writtenOnce.set(body, fresh)
  return fresh
}

/** What is public may still say more to whoever is signed in: when a pet of theirs is free. */
function isForAnybody(route: Route, { actor }: FastifyRequest): boolean {
  return 'public' in route && actor.accountId === null
}

function isList(body: unknown): boolean {
  return body !== null && typeof body === 'object' && 'items' in body
}
