import { getMe, updateMe as updateMeRoute } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { openContacts } from './contact.ts'
import { ownerRoutes } from './owner-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { findAccount, toAccount } from './queries.ts'
import { updateMe } from './update-me.ts'

export function accountRoutes(serve: Serve, context: Context): void {
  const { db } = context

  serve.read(getMe, async ({ actor }) => {
    const row = await findAccount(db, actor.accountId)
    // Whoever is erased meanwhile has no session any more.
    if (!row) throw new AppError('auth.required', 'This session has ended.')
    return toAccount(row, (await openContacts(db, context, [row])).get(row.id))
  })

  serve.write(updateMeRoute, (tx, { actor, body, requireFresh }) => updateMe(tx, context, actor, body, requireFresh))

  ownerRoutes(serve, context)

  peopleRoutes(serve, context)
}
