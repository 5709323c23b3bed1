import { resourceOf } from '../../platform/event-facts.ts'
import type { Listener } from '../../platform/jobs.ts'

export const petListeners: readonly Listener[] = [
  {
    events: ['pet.photo-changed'],
    jobsFor: (event) => {
      const photoId = resourceOf(event)
      return [{ key: `photo-sizes:${photoId}`, name: 'pets.make-photo-sizes', payload: { photoId } }]
    },
  },
]
