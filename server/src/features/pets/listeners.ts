import { resourceOf } from '../../platform/events/event-facts.ts'
import type { Listener } from '../../platform/jobs/jobs.ts'

export const petListeners: readonly Listener[] = [
  {
    events: ['pet.photo-changed'],
    jobsFor: (event) => {
      const photoId = resourceOf(event)
      return [{ key: `photo-sizes:${photoId}`, name: 'pets.make-photo-sizes', payload: { photoId } }]
    },
  },
]
