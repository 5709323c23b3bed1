import { getJwks, refreshSession as refreshRoute, signOut as signOutRoute } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { refreshSession } from './refresh-session.ts'
import { signOut } from './sign-out.ts'

export function sessionRoutes(serve: Serve, context: Context): void {
  const { keyring } = context

  serve.read(refreshRoute, ({ actor, body }) => refreshSession(context, actor, body))

  serve.write(signOutRoute, (tx, { actor }) => signOut(tx, actor))

  serve.read(getJwks, async () => ({ keys: keyring.signingKeys.map(({ publicJwk }) => publicJwk) as never }))
}
