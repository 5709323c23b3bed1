import type { Route } from '@petra/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, nobody, type Origin } from '../actor.ts'
import { AppError, Forbidden } from '../errors.ts'
import type { Allowance, RateLimit } from '../rate-limit.ts'
import type { Sessions } from './session.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
  }
}

export interface GuardOptions {
  readonly sessions: Sessions
  readonly limits: { readonly address: RateLimit; readonly account: RateLimit } | null
}

/** Lets a request in or answers it: limits, then who is asking, then whether their roles may call this operation at all. */
export function guard(route: Route, { sessions, limits }: GuardOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const origin = originOf(request)
    request.actor = nobody(origin)
    if (limits) spend(reply, 'address', limits.address.take(request.ip))
    const token = bearer(request.headers.authorization)
    if (token !== null) request.actor = await actorOf(token, sessions, origin)
    if (!('permission' in route)) return
    const { accountId, permissions } = request.actor
    if (accountId === null) throw new AppError('auth.required')
    if (limits) spend(reply, 'account', limits.account.take(accountId))
    if (!permissions.has(route.permission)) throw new Forbidden('None of your roles may do this.')
  }
}

async function actorOf(token: string, sessions: Sessions, request: Origin): Promise<Actor> {
  const session = await sessions.check(token)
  if (!session) throw new AppError('auth.required', 'The access token is not valid, or no longer.', { invalidToken: true })
  const { accountId, sessionId, roles, permissions } = session
  return { accountId, sessionId, roles, permissions, request }
}

function bearer(authorization: string | undefined): string | null {
  if (authorization === undefined) return null
  const [, token] = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization) ?? []
  if (token === undefined) throw new AppError('auth.required', 'The Authorization field must carry a bearer token.')
  return token
}

export function originOf(request: FastifyRequest): Origin {
  return { id: request.id, address: request.ip, agent: request.headers['user-agent']?.slice(0, 200) ?? null }
}

/** The fields of draft-ietf-httpapi-ratelimit-headers; the account's limit, checked last, is the one that is told. */
function spend(reply: FastifyReply, policy: string, { limit, remaining, resetSeconds, allowed }: Allowance): void {
  reply.header('ratelimit-policy', `"${policy}";q=${limit};w=60`)
  reply.header('ratelimit', `"${policy}";r=${remaining};t=${resetSeconds}`)
  if (allowed) return
  reply.header('retry-after', String(resetSeconds))
  throw new AppError('rate.limited', `At most ${limit} requests a minute; try again in ${resetSeconds} seconds.`)
}
