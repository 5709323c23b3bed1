import type { Context } from '../../platform/context.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { sweepChallenges } from './queries.ts'

export const signInJobs = [
  { name: 'sign-in.sweep-challenges', run: ({ db }) => sweepChallenges(db) } satisfies Job<Context>,
]
