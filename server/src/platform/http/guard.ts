import { type Route, type Scope, scopeOf, sessionOnly } from '@petra/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, nobody, type Origin, type Person } from '../actor.ts'
import { AppError, Forbidden } from '../errors.ts'
import type { Allowance, RateLimit } from '../rate-limit.ts'
import type { Grant, Sessions, TokenClaims } from './session.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
  }
}

export interface GuardOptions {
  readonly sessions: Sessions
  readonly limits: { readonly address: RateLimit; readonly account: RateLimit } | null
  /** The field in which the proxy in front says where a request came from. */
  readonly countryHeader?: string | undefined
}

/** Lets a request in or answers it: limits, then who is asking, then whether their scopes and roles may call this operation at all. */
export function guard(route: Route, { sessions, limits, countryHeader }: GuardOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const origin = originOf(request, countryHeader)
    request.actor = nobody(origin)
    const ofAddress = limits?.address.take(request.ip)
    if (ofAddress && (!ofAddress.allowed || !('permission' in route))) spend(reply, 'address', ofAddress)
    const token = bearer(request.headers.authorization)
    const grant = token === null ? null : await sessions.check(token)
    if (grant) request.actor = actorOf(grant, origin)
    // A token that has run out keeps nobody from signing in again, or from what is open to all.
    if (!('permission' in route)) return
    if (!grant) throw notAccepted(request.headers.authorization, token, reply)
    if (limits) spend(reply, 'account', limits.account.take(grant.accountId))
    if (grant.permissions.has(route.permission)) return
    const scope = scopeOf(route.permission)
    throw grant.scopes && !grant.scopes.has(scope) ? scopeMissing(scope, reply) : new Forbidden(NO_ROLE)
  }
}

const NO_ROLE = 'None of your roles may do this.'

function actorOf({ kind, id, accountId, roles, permissions }: TokenClaims & Grant, request: Origin): Person {
  const through = kind === 'session' ? { sessionId: id, tokenId: null } : { sessionId: null, tokenId: id }
  return { accountId, roles, permissions, ...through, request }
}

function bearer(authorization: string | undefined): string | null {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1] ?? null
}

/** RFC 6750, section 3.1: a challenge names an error only where a token came with the request. */
function notAccepted(authorization: string | undefined, token: string | null, reply: FastifyReply): AppError {
  if (authorization === undefined) return new AppError('auth.required')
  if (token === null) return new AppError('auth.required', 'The Authorization field must carry a bearer token.')
  reply.header('www-authenticate', 'Bearer realm="petra", error="invalid_token"')
  return new AppError('auth.required', 'The access token is not valid, or no longer.')
}

/** RFC 6750, section 3.1. */
function scopeMissing(scope: Scope, reply: FastifyReply): AppError {
  reply.header('www-authenticate', `Bearer realm="petra", error="insufficient_scope", scope="${scope}"`)
  const isForPeople = (sessionOnly as readonly Scope[]).includes(scope)
  const detail = isForPeople ? 'No personal access token may do this; sign in.' : `This needs the scope ${scope}.`
  return new AppError('auth.insufficient-scope', detail)
}

/** ISO 3166-1; XX and ZZ are what proxies say when they do not know. */
const COUNTRY = /^(?!XX|ZZ)[A-Z]{2}$/

export function originOf(request: FastifyRequest, countryHeader: string | undefined): Origin {
  const { id, ip: address, headers } = request
  const agent = headers['user-agent']?.slice(0, 200) ?? null
  // Whoever comes around the proxy could say anything.
  const isForwarded = address !== request.socket.remoteAddress
  const country = countryHeader !== undefined && isForwarded ? String(headers[countryHeader]) : ''
  return { id, address, agent, country: COUNTRY.test(country) ? country : null }
}

/** The fields of draft-ietf-httpapi-ratelimit-headers; who is signed in is told of the account's limit, others of the address's. */
function spend(reply: FastifyReply, policy: string, { limit, remaining, resetSeconds, allowed }: Allowance): void {
  reply.header('ratelimit-policy', `"${policy}";q=${limit};w=60`)
  reply.header('ratelimit', `"${policy}";r=${remaining};t=${resetSeconds}`)
  if (allowed) return
  reply.header('retry-after', String(resetSeconds))
  throw new AppError('rate.limited', `At most ${limit} requests a minute; try again in ${resetSeconds} seconds.`)
}
