import { getAccessLog as accessLogRoute, listAuditEvents as listRoute } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { getAccessLog } from './get-access-log.ts'
import { listEvents } from './queries/events.ts'

export function auditRoutes(serve: Serve, context: Context): void {
  const { db, trail } = context

  serve.read(listRoute, async ({ actor, query: { limit = 25, cursor, ...filter } }) => {
    const [before = null] = decodeCursor(cursor, [cursorShape.id]) ?? []
    const shown = page(await listEvents(db, filter, before, limit + 1), limit, ({ id }) => [id])
    const filters = Object.keys(filter)
    await trail.append(actor, 'audit.read', { ...(filter.pet && { petId: filter.pet }), payload: { filters } })
    return shown
  })

  serve.read(accessLogRoute, ({ actor, params, query: { limit = 25, cursor } }) => {
    const [before = null] = decodeCursor(cursor, [cursorShape.id]) ?? []
    return getAccessLog(context, actor, params.petId, before, limit)
  })
}
