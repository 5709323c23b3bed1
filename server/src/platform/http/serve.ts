import {
  type Answer,
  type Body,
  Closed,
  type FileBody,
  type Params,
  type Query,
  type Route,
  successStatus,
} from '@petra/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { type Db, type Tx, transact } from '../database/database.ts'
import { AppError } from '../errors.ts'
import { record } from '../events/event-log.ts'
import type { Language } from '../language.ts'
import { answer } from './answer.ts'
import { keepsAnswers } from './common-problems.ts'
import { requireFresh, requireTag } from './conditional.ts'
import { answerFile, type FoundFile, fileTag } from './file-answer.ts'
import { forgetRest, openFileBody } from './file-body.ts'
import { type GuardOptions, guard } from './guard.ts'
import { type AnswerVault, idempotentRequest, type KeptAnswer, once } from './idempotency.ts'
import type { IncomingFile } from './incoming-file.ts'
import { invalid } from './problems.ts'
import { languageFor } from './spoken.ts'
import { targetOf } from './target.ts'
import { giveTime } from './unhurried.ts'
import type { WrittenPage } from './written-page.ts'

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
  /** The one of ours that the caller wants most. */
  readonly language: Language
  /** Refuses the change when the request carries an If-Match that `current` does not match. */
  readonly requireFresh: (current: unknown) => void
  /** The same for what is made of files: these, each a representation of it. */
  readonly requireFile: (ids: readonly string[]) => void
}

/** A file that a request brings, and what becomes of it. */
export interface Upload<R extends Route> {
  /**
   * The file; before this nothing of the body is read.
   * @throws AppError 400, 413, 415
   */
  open(): Promise<IncomingFile>
  /** The one transaction, which an Idempotency-Key is part of; `content` is what tells two bodies apart. */
  commit(content: unknown, work: (tx: Tx) => Promise<Answer<R>>): Promise<Answer<R>>
}

export interface WriteOptions<R extends Route> {
  /** Where a created resource is; without it, its id below the path. */
  readonly location?: (body: Answer<R>) => string
  /** The file that is the new state of what was written, by its id. */
  readonly file?: (body: Answer<R>) => string
  /** Turns a refusal into a better one, outside the transaction that was rolled back. */
  readonly refused?: (error: unknown, call: Call<R>) => Promise<unknown>
}

/** How a feature puts its routes on the wire. A route that declares no access has no type that fits, and does not boot. */
export interface Serve {
  /** A route that reads, or that opens its transactions itself. */
  read<R extends Route>(
    route: R,
    handle: (call: Call<R>) => Promise<Answer<R> | PageOf<Answer<R>>>,
    options?: WriteOptions<R>,
  ): void
  /** A route whose whole work is one transaction, which the Idempotency-Key is part of. */
  write<R extends Route>(route: R, work: (tx: Tx, call: Call<R>) => Promise<Answer<R>>, options?: WriteOptions<R>): void
  /** A route that takes a file, which is read as it comes while no transaction is open. */
  receive<R extends Route & { fileBody: FileBody }>(
    route: R,
    work: (call: Call<R>, upload: Upload<R>) => Promise<Answer<R>>,
    options?: WriteOptions<R>,
  ): void
  /** A route that answers with a file. */
  send<R extends Route>(route: R, find: (call: Call<R>) => Promise<FoundFile>): void
}

/** A list's answer as it may come too: written already. */
type PageOf<A> = A extends { items: readonly (infer T)[] } ? WrittenPage<T> : never

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

  /** Runs the work in a transaction, or gives back what the same request was answered the first time. */
  function settle(
    request: FastifyRequest,
    reply: FastifyReply,
    body: unknown,
    work: (tx: Tx) => Promise<KeptAnswer>,
  ): Promise<KeptAnswer> {
    const { method, url, headers, actor } = request
    const key = method === 'POST' ? headers['idempotency-key'] : undefined
    const idempotent = idempotentRequest(key, actor.accountId, { method, url, body }, vault)
    if (!idempotent) return transact(db, work)
    const replayed = (tx: Tx) => {
      reply.header('idempotency-replayed', 'true')
      const payload = { operation: request.routeOptions.config.route?.operationId as string }
      record(tx, actor, 'answer.replayed', { ...targetOf(request), payload })
    }
    return transact(db, (tx) =>
      once(
        tx,
        idempotent,
        vault,
        // The kept answer is written after the work, so that has no say in when its transaction ends.
        () => work({ ...tx, land: () => {} }),
        () => replayed(tx),
      ),
    )
  }

  return {
    read: (route, handle, writeOptions = {}) =>
      mount(route, async (request, reply) => {
        const body = (await handle(callOf(request))) as Answer<typeof route>
        return answer(route, request, reply, keptAnswer(route, request, body, writeOptions))
      }),
    write: (route, work, writeOptions = {}) =>
      mount(route, async (request, reply) => {
        const call = callOf<typeof route>(request)
        const run = async (tx: Tx) => keptAnswer(route, request, await work(tx, call), writeOptions)
        const kept = await settle(request, reply, request.body, run).catch(async (error) => {
          throw writeOptions.refused ? await writeOptions.refused(error, call) : error
        })
        return answer(route, request, reply, kept)
      }),
    receive: (route, work, writeOptions = {}) =>
      mount(route, async (request, reply) => {
        using _time = giveTime(request.raw.socket)
        const call = callOf<typeof route>(request)
        let kept: KeptAnswer | undefined
        const upload: Upload<typeof route> = {
          open: () => openFileBody(request, route.fileBody),
          async commit(content, inTransaction) {
            kept = await settle(request, reply, content, async (tx) =>
              keptAnswer(route, request, await inTransaction(tx), writeOptions),
            )
            return kept.body as Answer<typeof route>
          },
        }
        try {
          const body = await work(call, upload)
          return answer(route, request, reply, kept ?? keptAnswer(route, request, body, writeOptions))
        } catch (error) {
          forgetRest(request.raw, route.fileBody)
          throw writeOptions.refused ? await writeOptions.refused(error, call) : error
        }
      }),
    send: (route, find) =>
      mount(route, async (request, reply) =>
        answerFile(route, request, reply, await find(callOf<typeof route>(request))),
      ),
  }
}

function callOf<R extends Route>(request: FastifyRequest): Call<R> {
  const ifMatch = request.headers['if-match']
  return {
    actor: request.actor,
    params: request.params,
    query: request.query,
    body: request.body,
    get language() {
      return languageFor(request)
    },
    requireFresh: (current: unknown) => requireFresh(ifMatch, current),
    requireFile: (ids: readonly string[]) => requireTag(ifMatch, ids.map(fileTag)),
  } as Call<R>
}

function keptAnswer<R extends Route>(
  route: R,
  request: FastifyRequest,
  body: Answer<R>,
  { location, file }: WriteOptions<R>,
): KeptAnswer {
  const status = successStatus(route)
  const path = request.url.split('?', 1)[0]
  const id = (body as { id?: string } | null)?.id
  return {
    status,
    body,
    location: status === 201 ? (location?.(body) ?? `${path}/${id}`) : undefined,
    tag: file && fileTag(file(body)),
  }
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
