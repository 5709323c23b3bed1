import { join } from 'node:path'
import type { Context } from '../context.ts'
import { resourceOf } from '../events/event-facts.ts'
import type { Job, Listener } from '../jobs/jobs.ts'
import { keepReceipts } from './destruction-ledger.ts'

/** What was destroyed is written down apart from the database: whoever restores that is told. */
export const keyListeners: readonly Listener[] = [
  {
    events: ['account.erased', 'clinical-content.destroyed'],
    jobsFor: (event) => {
      const subjectId = resourceOf(event)
      return [{ key: `keep-receipts:${subjectId}`, name: 'keys.keep-receipts', payload: { subjectId } }]
    },
  },
]

export const keyJobs = [
  {
    name: 'keys.keep-receipts',
    run: ({ db, config }, { subjectId }) => keepReceipts({ db, folder: join(config.dataDir, 'keys') }, subjectId),
  } satisfies Job<Context, { subjectId: string }>,
]
