import { getLiveness, getReadiness } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Db } from '../database.ts'
import { AppError } from '../errors.ts'
import type { Serve } from './serve.ts'

/** @param draining whether the process has been told to stop: it still answers, but wants no new callers */
export function healthRoutes(serve: Serve, db: Db, draining: () => boolean): void {
  serve.read(getLiveness, async () => ({ status: 'ok' as const }))

  serve.read(getReadiness, async () => {
    if (draining()) throw new AppError('service.unavailable', 'This process is shutting down.')
    await db.row(sql`select 1`)
    return { status: 'ok' as const }
  })
}
