import type { Permission } from '@petra/contract'
import pg from 'pg'
import type { Role } from '../actor.ts'

/** What an access token says. */
export interface TokenClaims {
  readonly accountId: string
  readonly sessionId: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** A session that is alive, and what its account may do now. */
export interface LiveSession {
  readonly roles: readonly Role[]
  readonly permissions: ReadonlySet<Permission>
}

export interface Sessions extends AsyncDisposable {
  /** The claims and the live session behind an access token, or null when it is not accepted. */
  check(token: string): Promise<(TokenClaims & LiveSession) | null>
}

export interface SessionSource {
  /** Verifies a token's signature and claims; null when any of them is off. */
  verify(token: string): Promise<TokenClaims | null>
  /** Reads a session that has not ended, of an account that is not disabled. */
  load(sessionId: string): Promise<LiveSession | null>
}

const MOST_CACHED = 20_000

/**
 * Checks sessions without a query or a signature check per request: what was verified is remembered by the whole token,
 * what was loaded by session id until PostgreSQL says `session_changed`. When the connection that hears this drops,
 * everything is forgotten and nothing is remembered until it is back.
 */
export async function openSessions(source: SessionSource, databaseUrl: string): Promise<Sessions> {
  const verified = new Map<string, TokenClaims>()
  const live = new Map<string, Promise<LiveSession | null>>()
  const invalidations = await listen(databaseUrl, {
    changed: (sessionId) => live.delete(sessionId),
    lost: () => live.clear(),
  })

  async function claimsOf(token: string): Promise<TokenClaims | null> {
    const known = verified.get(token)
    if (known) return known
    const claims = await source.verify(token)
    if (claims) remember(verified, token, claims)
    return claims
  }

  function sessionOf(sessionId: string): Promise<LiveSession | null> {
    const known = live.get(sessionId)
    if (known) return known
    const loading = source.load(sessionId)
    if (invalidations.connected()) {
      remember(live, sessionId, loading)
      loading.then((session) => session ?? live.delete(sessionId)).catch(() => live.delete(sessionId))
    }
    return loading
  }

  return {
    async check(token) {
      const claims = await claimsOf(token)
      if (!claims) return null
      if (claims.expiresAt * 1000 <= Date.now()) {
        verified.delete(token)
        return null
      }
      const session = await sessionOf(claims.sessionId)
      return session && { ...claims, ...session }
    },
    [Symbol.asyncDispose]: () => invalidations.close(),
  }
}

function remember<V>(cache: Map<string, V>, key: string, value: V): void {
  if (cache.size >= MOST_CACHED) cache.delete(cache.keys().next().value as string)
  cache.set(key, value)
}

/** Listens on a connection of its own, and gets a new one whenever that is lost. */
async function listen(url: string, on: { changed: (sessionId: string) => void; lost: () => void }) {
  let client: pg.Client | undefined
  let closed = false
  let retry: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 })
    const drop = () => {
      if (client === fresh) client = undefined
      on.lost()
      if (!closed) {
        clearTimeout(retry)
        retry = setTimeout(() => void connect(), 500)
      }
    }
    fresh.on('error', drop)
    fresh.on('end', drop)
    fresh.on('notification', ({ payload }) => on.changed(payload ?? ''))
    try {
      await fresh.connect()
      await fresh.query('listen session_changed')
      on.lost()
      client = fresh
    } catch {
      drop()
    }
  }

  await connect()
  return {
    connected: () => client !== undefined,
    async close() {
      closed = true
      clearTimeout(retry)
      await client?.end()
    },
  }
}
