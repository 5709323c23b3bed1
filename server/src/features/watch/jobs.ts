import type { CronItem } from 'graphile-worker'
import type { Context } from '../../platform/context.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { sweepMemory } from './queries/memory.ts'

export const watchJobs: Job<Context>[] = [{ name: 'watch.sweep-memory', run: ({ db }) => sweepMemory(db) }]

export const watchCrontab: readonly CronItem[] = [{ task: 'watch.sweep-memory', match: '57 3 * * *' }]
