import { getMe, updateMe as updateMeRoute } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { openContact } from './contact.ts'
import { ownerRoutes } from './owner-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { findAccount, toAccount } from './queries.ts'
import { updateMe } from './update-me.ts'

export function accountRoutes(serve: Serve, context: Context): void {
  const { db } = context

  serve.read(getMe, async ({ actor }) => {
    const row = await findAccount(db, actor.accountId)
    const contact = row && (await openContact(db, context, row))
    // Whoever is erased meanwhile has no session any more.
    if (!contact) throw new AppError('auth.required', 'This session has ended.')
    return toAccount(row, contact)
  })

  serve.write(updateMeRoute, (tx, { actor, body, requireFresh }) => updateMe(tx, context, actor, body, requireFresh))

  ownerRoutes(serve, context)

  peopleRoutes(serve, context)
}
