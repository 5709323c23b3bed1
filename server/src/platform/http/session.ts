import { hash } from 'node:crypto'
import type { Permission, Scope } from '@petra/contract'
import type { Role } from '../actor.ts'
import { openChanges } from '../changes.ts'

/** What a bearer token says: which session or personal access token of whom it speaks for, and until when. */
export interface TokenClaims {
  readonly kind: 'session' | 'token'
  /** Of the session, or of the personal access token. */
  readonly id: string
  readonly accountId: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** A session or personal access token that is alive, and what it may do now. */
export interface Grant {
  readonly accountId: string
  readonly roles: readonly Role[]
  /** What both the roles and the scopes allow. */
  readonly permissions: ReadonlySet<Permission>
  /** Null for a session, which carries them all. */
  readonly scopes: ReadonlySet<Scope> | null
}

export interface Sessions extends AsyncDisposable {
  /** What a bearer token claims, and the grant behind it, or null when it is not accepted. */
  check(token: string): Promise<(TokenClaims & Grant) | null>
}

export interface SessionSource {
  /** The claims of a token that we made; null for any other. */
  verify(token: string): Promise<TokenClaims | null>
  /** Reads the session or personal access token, unless it has ended or its account is disabled. */
  load(claims: TokenClaims): Promise<Grant | null>
}

const MOST_CACHED = 20_000

/**
 * Checks bearer tokens without a query or a signature check per request: what was verified is remembered by the whole token's
 * SHA-256, a tenth of its size, what was loaded by id until PostgreSQL says `session_changed`. While it is not certain that
 * this would be heard, nothing remembered counts.
 */
export async function openSessions(source: SessionSource, databaseUrl: string): Promise<Sessions> {
  const verified = new Map<string, TokenClaims>()
  const live = new Map<string, Promise<Grant | null>>()
  const changes = await openChanges(databaseUrl, {
    channel: 'session_changed',
    trustedMs: 1_500,
    changed: (id) => live.delete(id),
    lost: () => live.clear(),
  })

  async function claimsOf(token: string): Promise<TokenClaims | null> {
    const fingerprint = hash('sha256', token, 'latin1')
    const known = verified.get(fingerprint)
    if (known) return known
    const claims = await source.verify(token)
    if (claims) remember(verified, fingerprint, claims)
    return claims
  }

  function grantOf(claims: TokenClaims): Promise<Grant | null> {
    const { id } = claims
    const isCurrent = changes.isCurrent()
    const known = live.get(id)
    if (known && isCurrent) return known
    const loading = source.load(claims)
    if (isCurrent) {
      remember(live, id, loading)
      loading.then((grant) => grant ?? live.delete(id)).catch(() => live.delete(id))
    }
    return loading
  }

  return {
    async check(token) {
      const claims = await claimsOf(token)
      if (!claims) return null
      if (claims.expiresAt * 1000 <= Date.now()) return null
      const grant = await grantOf(claims)
      return grant?.accountId === claims.accountId ? { ...claims, ...grant } : null
    },
    [Symbol.asyncDispose]: () => changes[Symbol.asyncDispose](),
  }
}

function remember<V>(cache: Map<string, V>, key: string, value: V): void {
  if (cache.size >= MOST_CACHED) cache.delete(cache.keys().next().value as string)
  cache.set(key, value)
}
