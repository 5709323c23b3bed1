import type { TestContext } from 'node:test'
import pg from 'pg'
import pino from 'pino'
import { cloneDatabase } from '../../../test/clone-database.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { system } from '../actor.ts'
import { openDatabase, transact } from '../database/database.ts'
import type { JobSpec, Listener } from '../jobs/jobs.ts'
import { type Dispatching, dispatch, logLag } from './dispatcher.ts'
import { record } from './event-log.ts'
import type { EventRow } from './event-rows.ts'

/** An event says what is to become of it. */
export const echo: Listener = {
  events: ['pet.archived'],
  jobsFor: ({ payload }) => {
    if (payload?.spec === 'poison') throw new Error('poison')
    return [payload?.spec as JobSpec]
  },
}

export async function openLog(t: TestContext) {
  const { databaseUrl, superuserUrl } = await cloneDatabase()
  const db = openDatabase(databaseUrl, 8, () => {}, testMarks())
  const admin = new pg.Client({ connectionString: superuserUrl })
  await admin.connect()
  t.after(async () => {
    await db[Symbol.asyncDispose]()
    await admin.end()
  })
  const dispatching = { db, config: { databaseUrl }, listeners: [echo], log: pino({ level: 'silent' }) }
  const select = async (text: string) => (await admin.query(text)).rows
  return {
    db,
    admin,
    dispatching,
    async announce(spec: JobSpec | 'poison'): Promise<string> {
      const event = eventOf(spec)
      await transact(db, async (tx) => {
        tx.events.push(event)
      })
      return event.id
    },
    /** The test run's other databases are in the same cluster: their transactions hold the horizon too. */
    async drain(by: Dispatching = dispatching) {
      do await dispatch(by)
      while ((await logLag(db)) !== 0)
    },
    jobs: () =>
      select(`
        select j.key, t.identifier as task, j.payload, extract(year from j.run_at)::int as year, j.revision, j.locked_by
          from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         order by j.key`),
    parked: () => select('select event_id, reason from parked_events order by parked_at'),
  }
}

export function eventOf(spec: JobSpec | 'poison') {
  const events: EventRow[] = []
  record({ events } as never, system, 'pet.archived', { payload: { spec } as never })
  return events[0] as EventRow
}
