import * as contract from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { endOtherSessions } from './end-other-sessions.ts'
import { endSession } from './end-session.ts'
import { listSessions } from './queries/sessions.ts'
import { refreshSession } from './refresh-session.ts'
import { signOut } from './sign-out.ts'
import { tokenRoutes } from './token-routes.ts'

export function sessionRoutes(serve: Serve, context: Context): void {
  const { db, keyring } = context

  serve.read(contract.refreshSession, ({ actor, body }) => refreshSession(context, actor, body))

  serve.write(contract.signOut, (tx, { actor }) => signOut(tx, actor))

  serve.read(contract.getJwks, async () => ({
    keys: (await keyring.signingKeys.all()).map(({ publicJwk }) => publicJwk) as never,
  }))

  serve.read(contract.listSessions, async ({ actor, query: { limit = 25, cursor } }) => {
    const [before = null] = decodeCursor(cursor, [cursorShape.id]) ?? []
    const rows = await listSessions(db, actor.accountId, actor.sessionId, before, limit + 1)
    return page(rows, limit, ({ id }) => [id])
  })

  serve.write(contract.endSession, (tx, { actor, params, requireFresh }) =>
    endSession(tx, actor, params.sessionId, requireFresh),
  )

  serve.write(contract.endOtherSessions, (tx, { actor, requireFresh }) => {
    // The list has no tag that a request could name.
    requireFresh(null)
    return endOtherSessions(tx, actor)
  })

  tokenRoutes(serve, context)
}
