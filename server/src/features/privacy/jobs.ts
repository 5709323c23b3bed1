import type { CronItem } from 'graphile-worker'
import type { Context } from '../../platform/context.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { eraseAccount } from './erase-account.ts'
import { makeExport } from './make-export.ts'
import { sweepExports } from './queries.ts'
import { startDueErasures } from './start-due-erasures.ts'

export const privacyJobs = [
  { name: 'privacy.make-export', run: makeExport } satisfies Job<Context, { exportId: string }>,
  { name: 'privacy.sweep-exports', run: ({ db }) => sweepExports(db) } satisfies Job<Context>,
  { name: 'privacy.start-due-erasures', run: startDueErasures } satisfies Job<Context>,
  { name: 'privacy.erase-account', run: eraseAccount } satisfies Job<Context, { accountId: string }>,
]

export const privacyCrontab: CronItem[] = [
  { task: 'privacy.sweep-exports', match: '23 * * * *' },
  { task: 'privacy.start-due-erasures', match: '29 * * * *' },
]
