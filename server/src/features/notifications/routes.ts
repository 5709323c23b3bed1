import { getNotificationPreferences, replaceNotificationPreferences } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { findSettings } from './queries/settings.ts'
import { replacePreferences, toPreferences } from './replace-preferences.ts'

export function notificationRoutes(serve: Serve, { db }: Context): void {
  serve.read(getNotificationPreferences, async ({ actor }) => {
    const settings = await findSettings(db, actor.accountId)
    if (!settings) throw new NotFound()
    return toPreferences(settings)
  })

  serve.write(replaceNotificationPreferences, (tx, { actor, body, requireFresh }) =>
    replacePreferences(tx, actor, body, requireFresh),
  )
}
