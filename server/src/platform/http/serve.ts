import { type Answer, type Body, Closed, type Params, type Query, type Route, successStatus } from '@petra/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { type Db, type Tx, transact } from '../database.ts'
import { AppError } from '../errors.ts'
import { record } from '../event-log.ts'
import { keepsAnswers } from './common-problems.ts'
import { entityTag, names, requireFresh } from './conditional.ts'
import { type GuardOptions, guard } from './guard.ts'
import { type AnswerVault, type IdempotentRequest, idempotentRequest, type KeptAnswer, once } from './idempotency.ts'
import { invalid } from './problems.ts'
import { targetOf } from './target.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    route?: Route
  }
}

/** A checked request: what the route's schemas promise, and who is asking. */
export interface Call<R extends Route> {
  readonly actor: R extends { permission: string } ? Actor & { accountId: string } : Actor
  readonly params: Params<R>
  readonly query: Query<R>
  readonly body: Body<R>
  /** Refuses the change when the request carries an If-Match that `current` does not match. */
  readonly requireFresh: (current: unknown) => void
}

export interface WriteOptions<R extends Route> {
  /** Where a created resource is; without it, its id below the path. */
  readonly location?: (body: Answer<R>) => string
  /** Turns a refusal into a better one, outside the transaction that was rolled back. */
  readonly refused?: (error: unknown, call: Call<R>) => Promise<unknown>
}

/** How a feature puts its routes on the wire. A route that declares no access has no type that fits, and does not boot. */
export interface Serve {
  /** A route that reads, or that opens its transactions itself. */
  read<R extends Route>(route: R, handle: (call: Call<R>) => Promise<Answer<R>>, options?: WriteOptions<R>): void
  /** A route whose whole work is one transaction, which the Idempotency-Key is part of. */
  write<R extends Route>(route: R, work: (tx: Tx, call: Call<R>) => Promise<Answer<R>>, options?: WriteOptions<R>): void
}

export interface ServeOptions extends GuardOptions {
  readonly db: Db
  readonly vault: AnswerVault
}

export function openServe(app: FastifyInstance, options: ServeOptions): Serve {
  const { db, vault } = options

  function mount<R extends Route>(
    route: R,
    handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
  ): void {
    if (!('permission' in route) && !('public' in route))
      throw new Error(`${(route as Route).operationId} declares no access`)
    const { params, query, body } = route
    app.route({
      method: route.method,
      url: fastifyUrl(route.url),
      config: { route },
      schema: { ...(params && { params }), querystring: query ?? Closed({}), ...(body && { body }) },
      onRequest: guard(route, options),
      ...(takesNoKey(route) && { preValidation: async (request) => refuseKey(request) }),
      // After the path has been checked: what it names comes first.
      ...(takesNoBody(route) && { preHandler: async (request) => refuseBody(request) }),
      handler: handle,
    })
  }

  return {
    read: (route, handle, writeOptions = {}) =>
      mount(route, async (request, reply) => {
        const body = await handle(callOf(request))
        return answer(route, request, reply, keptAnswer(route, request, body, writeOptions))
      }),
    write: (route, work, writeOptions = {}) =>
      mount(route, async (request, reply) => {
        const call = callOf<typeof route>(request)
        const idempotent = route.method === 'POST' ? idempotencyOf(request, vault) : null
        const run = async (tx: Tx) => keptAnswer(route, request, await work(tx, call), writeOptions)
        const replayed = (tx: Tx) => {
          reply.header('idempotency-replayed', 'true')
          const payload = { operation: route.operationId }
          record(tx, request.actor, 'answer.replayed', { ...targetOf(request), payload })
        }
        const kept = await transact(db, (tx) =>
          idempotent
            ? once(
                tx,
                idempotent,
                vault,
                // The kept answer is written after the work, so that has no say in when its transaction ends.
                () => run({ ...tx, land: () => {} }),
                () => replayed(tx),
              )
            : run(tx),
        ).catch(async (error) => {
          throw writeOptions.refused ? await writeOptions.refused(error, call) : error
        })
        return answer(route, request, reply, kept)
      }),
  }
}

function callOf<R extends Route>(request: FastifyRequest): Call<R> {
  const ifMatch = request.headers['if-match']
  return {
    actor: request.actor,
    params: request.params,
    query: request.query,
    body: request.body,
    requireFresh: (current: unknown) => requireFresh(ifMatch, current),
  } as Call<R>
}

function keptAnswer<R extends Route>(
  route: R,
  request: FastifyRequest,
  body: Answer<R>,
  { location }: WriteOptions<R>,
): KeptAnswer {
  const status = successStatus(route)
  const path = request.url.split('?', 1)[0]
  const id = (body as { id?: string } | null)?.id
  return { status, body, location: status === 201 ? (location?.(body) ?? `${path}/${id}`) : undefined }
}

function answer(route: Route, request: FastifyRequest, reply: FastifyReply, { status, location, body }: KeptAnswer) {
  if (location !== undefined) reply.header('location', location)
  reply.header(
    'cache-control',
    route.noStore ? 'no-store' : isForAnybody(route, request) ? 'no-cache' : 'private, no-cache',
  )
  if (route.attachment) reply.header('content-disposition', `attachment; filename="${route.attachment}"`)
  if (status === 204) return reply.code(204).send()
  const text = JSON.stringify(body)
  if (!isList(body) && !route.url.startsWith('/auth/')) {
    const tag = entityTag(text)
    reply.header('etag', tag)
    const known = request.headers['if-none-match']
    if (known !== undefined && ['GET', 'HEAD'].includes(request.method) && names(known.replaceAll('W/', ''), tag))
      return reply.code(304).send()
  }
  return reply.code(status).type('application/json; charset=utf-8').send(text)
}

/** What is public may still say more to whoever is signed in: when a pet of theirs is free. */
function isForAnybody(route: Route, { actor }: FastifyRequest): boolean {
  return 'public' in route && actor.accountId === null
}

function isList(body: unknown): boolean {
  return body !== null && typeof body === 'object' && 'items' in body
}

function idempotencyOf(request: FastifyRequest, vault: AnswerVault): IdempotentRequest | null {
  return idempotentRequest(request.headers['idempotency-key'], request.actor.accountId, request, vault)
}

/** Answers that hold a secret are never kept. */
function takesNoKey(route: Route): boolean {
  return route.method === 'POST' && !keepsAnswers(route)
}

function refuseKey({ headers }: FastifyRequest): void {
  if (headers['idempotency-key'] === undefined) return
  throw invalid([{ pointer: '/headers/idempotency-key', message: 'is not taken by this operation' }])
}

/** A GET has no body that a parser would have read. */
function takesNoBody({ method, body }: Route): boolean {
  return method !== 'GET' && !body
}

function refuseBody({ body }: FastifyRequest): void {
  if (body === undefined || body === null) return
  if (typeof body === 'object' && Object.keys(body).length === 0) return
  throw new AppError('request.invalid', 'This operation takes no body.', {
    errors: [{ pointer: '/body', message: 'must be left out' }],
  })
}

/** `/pets/{petId}` → `/pets/:petId` */
function fastifyUrl(url: string): string {
  return url.replace(/\{(\w+)\}/g, ':$1')
}
