import {
  getAccessLog as accessLogRoute,
  listAuditCheckpoints as checkpointsRoute,
  proveAuditConsistency as consistencyRoute,
  exportAuditEvents as exportRoute,
  getAuditKey as keyRoute,
  listAuditEvents as listRoute,
  proveAuditEvent as proofRoute,
} from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { verifierKey } from './checkpoint-note.ts'
import { exportEvents } from './export-events.ts'
import { getAccessLog } from './get-access-log.ts'
import { proveConsistency, proveEvent } from './prove-event.ts'
import { listCheckpoints } from './queries/checkpoints.ts'
import { listEvents } from './queries/events.ts'

/** As many digits as a number has that JSON can say. */
const checkpointNumber = /^[1-9]\d{0,14}$/

export function auditRoutes(serve: Serve, context: Context): void {
  const { db, trail, keyring } = context

  serve.read(listRoute, async ({ actor, query: { limit = 25, cursor, ...filter } }) => {
    const [before = null] = decodeCursor(cursor, [cursorShape.id]) ?? []
    const shown = page(await listEvents(db, filter, before, limit + 1), limit, ({ id }) => [id])
    const read = { payload: { filters: Object.keys(filter) }, results: shown.items.length }
    await trail.append(actor, 'audit.read', { ...(filter.pet && { petId: filter.pet }), ...read })
    return shown
  })

  serve.send(exportRoute, async ({ actor, query: { format = 'ndjson', ...filter } }) => {
    const payload = { filters: Object.keys(filter), format }
    await trail.append(actor, 'audit.exported', { ...(filter.pet && { petId: filter.pet }), payload })
    return exportEvents(db, filter, format)
  })

  serve.read(proofRoute, async ({ actor, params: { eventId } }) => {
    const proof = await proveEvent(db, eventId)
    await trail.append(actor, 'audit.read', {
      resource: { type: 'event', id: eventId },
      payload: { filters: [] },
      results: 1,
    })
    return proof
  })

  serve.read(checkpointsRoute, async ({ query: { limit = 25, cursor } }) => {
    const [before = null] = decodeCursor(cursor, [checkpointNumber]) ?? []
    const rows = await listCheckpoints(db, before === null ? null : Number(before), limit + 1)
    return page(rows, limit, ({ number }) => [String(number)])
  })

  serve.read(consistencyRoute, ({ params: { number }, query: { from } }) => proveConsistency(db, from, number))

  serve.read(keyRoute, async () => {
    const { publicKey } = keyring.trailKey
    return { publicKey: String(publicKey.export({ format: 'pem', type: 'spki' })), verifierKey: verifierKey(publicKey) }
  })

  serve.read(accessLogRoute, ({ actor, params, language, query: { limit = 25, cursor } }) => {
    const [before = null] = decodeCursor(cursor, [cursorShape.id]) ?? []
    return getAccessLog(context, actor, params.petId, before, limit, language)
  })
}
