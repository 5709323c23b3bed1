import {
  getJwks,
  getMe,
  refreshSession as refreshRoute,
  register,
  signIn,
  signOut,
  updateMe as updateMeRoute,
} from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/event-log.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { openContacts } from './contact.ts'
import { ownerRoutes } from './owner-routes.ts'
import { endSession, findAccount, toAccount } from './queries.ts'
import { refreshSession } from './refresh-session.ts'
import { registerAccount } from './register-account.ts'
import { startSession } from './start-session.ts'
import { updateMe } from './update-me.ts'

export function accountRoutes(serve: Serve, context: Context): void {
  const { db, keyring } = context

  serve.read(
    register,
    async ({ actor, body }) => {
      await registerAccount(context, actor, body)
      return { email: body.email, emailVerification: 'optional' as const }
    },
    { location: () => '/me' },
  )

  serve.read(signIn, ({ actor, body }) => startSession(context, actor, body))

  serve.read(refreshRoute, ({ actor, body }) => refreshSession(context, actor, body))

  serve.write(signOut, async (tx, { actor }) => {
    if (actor.sessionId === null) return null
    await endSession(tx, actor.sessionId, 'signed-out')
    record(tx, actor, 'session.ended', { resource: { type: 'session', id: actor.sessionId } })
    return null
  })

  serve.read(getJwks, async () => ({ keys: keyring.signingKeys.map(({ publicJwk }) => publicJwk) as never }))

  serve.read(getMe, async ({ actor }) => {
    const row = await findAccount(db, actor.accountId)
    if (!row) throw new NotFound()
    return toAccount(row, (await openContacts(db, context, [row])).get(row.id))
  })

  serve.write(updateMeRoute, (tx, { actor, body, requireFresh }) => updateMe(tx, context, actor, body, requireFresh))

  ownerRoutes(serve, context)
}
