import type { Permission } from '@petra/contract'
import type { Role } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { SessionSource } from '../../platform/http/session.ts'
import { verifyAccessToken } from './access-token.ts'
import { loadSession } from './queries.ts'

/** How the guard learns who is behind a token. Roles are those the account has now, not those it had when the token was made. */
export function sessionSource(
  { db, keyring, config }: Context,
  permissionsOf: (roles: readonly Role[]) => ReadonlySet<Permission>,
): SessionSource {
  return {
    verify: (token) => verifyAccessToken(keyring, config.publicUrl, token),
    async load(sessionId) {
      const session = await loadSession(db, sessionId)
      return session ? { roles: session.roles, permissions: permissionsOf(session.roles) } : null
    },
  }
}
