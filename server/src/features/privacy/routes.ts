import {
  downloadExportArchive as archiveRoute,
  downloadExport as downloadRoute,
  getErasure,
  getExport,
  requestErasure as requestErasureRoute,
  requestExport as requestExportRoute,
  withdrawErasure as withdrawErasureRoute,
} from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { downloadArchive } from './download-archive.ts'
import { downloadExport } from './download-export.ts'
import { findErasure, findExport } from './queries.ts'
import { requestErasure } from './request-erasure.ts'
import { requestExport } from './request-export.ts'
import { withdrawErasure } from './withdraw-erasure.ts'

export function privacyRoutes(serve: Serve, context: Context): void {
  const { db } = context

  serve.write(requestExportRoute, (tx, { actor }) => requestExport(tx, actor), {
    location: ({ id }) => `/me/exports/${id}`,
  })

  serve.read(getExport, async ({ actor, params }) => {
    const found = await findExport(db, params.exportId, actor.accountId)
    if (!found) throw new NotFound()
    return found
  })

  serve.read(downloadRoute, ({ actor, params }) => downloadExport(context, actor, params.exportId))

  serve.send(archiveRoute, ({ actor, params }) => downloadArchive(context, actor, params.exportId))

  serve.write(requestErasureRoute, (tx, { actor }) => requestErasure(tx, actor), { location: () => '/me/erasure' })

  serve.read(getErasure, async ({ actor }) => {
    const found = await findErasure(db, actor.accountId)
    if (!found) throw new NotFound()
    return found
  })

  serve.write(withdrawErasureRoute, (tx, { actor, requireFresh }) => withdrawErasure(tx, actor, requireFresh))
}
