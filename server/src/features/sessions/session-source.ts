import { type Permission, type Scope, scopes } from '@petra/contract'
import type { Role, Standing } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Grant, SessionSource } from '../../platform/http/session.ts'
import { verifyAccessToken } from './access-token.ts'
import { isPersonalToken, personalTokenHash } from './personal-token.ts'
import { loadSession } from './queries/sessions.ts'
import { findTokenByHash, loadToken } from './queries/tokens.ts'

type StandingOf = (roles: readonly Role[]) => Standing

/** How the guard learns who is behind a token. Roles are those the account has now, not those it had when the token was made. */
export function sessionSource({ db, keyring, config }: Context, standingOf: StandingOf): SessionSource {
  return {
    async verify(token) {
      if (!isPersonalToken(token)) return verifyAccessToken(keyring, config.publicUrl, token)
      const found = await findTokenByHash(db, personalTokenHash(token))
      return found ? { kind: 'token', ...found } : null
    },
    async load({ kind, id }) {
      if (kind === 'token') {
        const token = await loadToken(db, id)
        return token ? { ...token, ...narrowed(standingOf(token.roles).permissions, token.scopes) } : null
      }
      const session = await loadSession(db, id)
      return session ? { ...session, ...standingOf(session.roles), scopes: null } : null
    },
  }
}

/** What the roles allow, as far as the scopes carry it. */
function narrowed(allowed: ReadonlySet<Permission>, carried: readonly Scope[]): Pick<Grant, 'permissions' | 'scopes'> {
  const permissions = carried.flatMap((scope): readonly Permission[] => scopes[scope] ?? [])
  return { permissions: allowed.intersection(new Set(permissions)), scopes: new Set(carried) }
}
