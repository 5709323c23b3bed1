import type { CronItem } from 'graphile-worker'
import type { Context } from '../../platform/context.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import {
  ANNOUNCE,
  ANNOUNCE_OF,
  announceDueVaccinations,
  announceDueVaccinationsOf,
  type Step,
} from './announce-due-vaccinations.ts'
import { sweepNotices } from './queries/due-vaccinations.ts'

export const medicalRecordJobs = [
  { name: ANNOUNCE, run: announceDueVaccinations } satisfies Job<Context, Step>,
  { name: ANNOUNCE_OF, run: announceDueVaccinationsOf } satisfies Job<Context, { petId: string }>,
  { name: 'medical-records.sweep-notices', run: ({ db }) => sweepNotices(db) } satisfies Job<Context>,
]

export const medicalRecordCrontab: readonly CronItem[] = [
  { task: ANNOUNCE, match: '5 * * * *' },
  { task: 'medical-records.sweep-notices', match: '33 3 * * *' },
]
