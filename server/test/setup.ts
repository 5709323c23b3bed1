import { randomUUIDv7 } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { openApp } from '../src/app.ts'
import { signAccessToken } from '../src/features/sessions/access-token.ts'
import { insertSession } from '../src/features/sessions/queries/sessions.ts'
import { refreshHash, refreshToken } from '../src/features/sessions/refresh-token.ts'
import { transact } from '../src/platform/database/database.ts'
import { type Backstage, openBackstage } from './backstage.ts'
import { checkAnswer } from './check-answer.ts'

export { cloneDatabase } from './clone-database.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a body
  readonly body: any
  /** The body as it came. */
  readonly bytes?: Buffer
}

export interface CallOptions {
  /** An account id to call as; nobody without it. */
  readonly as?: string | null
  /** Bytes and forms go as they are, everything else as JSON. */
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** A whole Petra on a database of its own: what is behind the API, and the API on a free port. */
export interface House extends Backstage {
  readonly app: FastifyInstance
  readonly url: string
  /** One HTTP request; every answer is checked against the contract. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  /** An access token of a new session of the account. */
  signIn(accountId: string): Promise<string>
}

/** Opens a house; `env` sets variables as an operator would. */
export async function openHouse(env: Record<string, string> = {}): Promise<House> {
  const backstage = await openBackstage(env)
  const { context } = backstage
  const app = await openApp(context)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const tokens = new Map<string, Promise<string>>()

  async function signIn(accountId: string): Promise<string> {
    const id = randomUUIDv7()
    const token = refreshToken(context.keyring, { sessionId: id, generation: 1 })
    await transact(context.db, (tx) =>
      insertSession(tx, { id, accountId, refreshHash: refreshHash(token), device: 'test', address: null }),
    )
    return signAccessToken(context.keyring, context.config.publicUrl, accountId, id)
  }

  return {
    ...backstage,
    app,
    url,
    signIn,
    async call(method, path, { as = null, body, headers = {} } = {}) {
      if (as !== null && !tokens.has(as)) tokens.set(as, signIn(as))
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(as !== null && { authorization: `Bearer ${await tokens.get(as)}` }),
          ...(body !== undefined && !isRaw(body) && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' || isRaw(body) ? body : JSON.stringify(body) }),
      })
      const bytes = Buffer.from(await response.arrayBuffer())
      const text = bytes.toString()
      const { status, headers: answered } = response
      const answer = { status, headers: answered, body: text === '' ? null : parse(text), bytes }
      checkAnswer(method, path, answer)
      return answer
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await backstage[Symbol.asyncDispose]()
    },
  }
}

function isRaw(body: unknown): body is Uint8Array<ArrayBuffer> | FormData {
  return body instanceof Uint8Array || body instanceof FormData
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
