import type { CronItem } from 'graphile-worker'
import type { Context } from '../../platform/context.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { dropDuePartitions } from './drop-due-partitions.ts'
import { sweepOrigins } from './queries/origins.ts'
import { makePartitions } from './queries/partitions.ts'

export const auditJobs: Job<Context>[] = [
  { name: 'audit.make-partitions', run: ({ db }) => makePartitions(db) },
  {
    name: 'audit.drop-due-partitions',
    run: async (context) => {
      await dropDuePartitions(context)
    },
  },
  { name: 'audit.sweep-origins', run: ({ db }) => sweepOrigins(db) },
]

export const auditCrontab: CronItem[] = [
  { task: 'audit.make-partitions', match: '7 2 * * *' },
  { task: 'audit.drop-due-partitions', match: '13 2 * * *' },
  { task: 'audit.sweep-origins', match: '47 3 * * *' },
]
