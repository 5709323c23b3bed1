import { listParkedJobs, retryJob } from '@petra/contract'
import type { Db } from '../database/database.ts'
import { NotFound } from '../errors.ts'
import { record } from '../events/event-log.ts'
import { listParked, retryParkedEvent, retryParkedJob } from '../jobs/job-rows.ts'
import { cursorShape, decodeCursor, page } from './cursor.ts'
import type { Serve } from './serve.ts'

/** Work that was given up, for admins to see and to try again. */
export function jobRoutes(serve: Serve, db: Db): void {
  serve.read(listParkedJobs, async ({ query: { limit = 25, cursor } }) => {
    const [at, id] = decodeCursor(cursor, [cursorShape.instant, /^[0-9a-f-]{1,36}$/]) ?? []
    const before = at !== undefined && id !== undefined ? ([at, id] as const) : null
    return page(await listParked(db, before, limit + 1), limit, ({ parkedAt, id }) => [parkedAt, id])
  })

  serve.write(retryJob, async (tx, { actor, params: { jobId } }) => {
    if (jobId.includes('-')) {
      const event = await retryParkedEvent(tx, jobId)
      if (event === undefined) throw new NotFound()
      record(tx, actor, 'event.retried', { resource: { type: 'event', id: jobId }, payload: { event } })
    } else {
      const job = await retryParkedJob(tx, jobId)
      if (job === undefined) throw new NotFound()
      record(tx, actor, 'job.retried', { payload: { job, jobId } })
    }
    return null
  })
}
