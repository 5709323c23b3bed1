import type { Context } from '../../platform/context.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { makePhotoSizes } from './make-photo-sizes.ts'

export const petJobs = [
  { name: 'pets.make-photo-sizes', run: makePhotoSizes } satisfies Job<Context, { photoId: string }>,
]
