import { getLiveness, getReadiness } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Db } from '../database/database.ts'
import { AppError } from '../errors.ts'
import { logLag, MOST_LAG_SECONDS } from '../events/dispatcher.ts'
import type { Serve } from './serve.ts'

/** @param draining whether the process has been told to stop: it still answers, but wants no new callers */
export function healthRoutes(serve: Serve, db: Db, draining: () => boolean): void {
  serve.read(getLiveness, async () => ({ status: 'ok' as const }))

  serve.read(getReadiness, async () => {
    if (draining()) throw new AppError('service.unavailable', 'This process is shutting down.')
    // A log that another cluster's cursor belongs to is not read at all.
    const lag = logLag(db).catch(() => Number.POSITIVE_INFINITY)
    const [seconds] = await Promise.all([lag, db.row(sql`select 1`)])
    return { status: 'ok' as const, log: seconds > MOST_LAG_SECONDS ? ('behind' as const) : ('current' as const) }
  })
}
