import type { Context } from '../../platform/context.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { expireOffers } from './queries/offers.ts'

export const ownershipJobs = [
  { name: 'ownerships.expire-offers', run: ({ db }) => expireOffers(db) } satisfies Job<Context>,
]
