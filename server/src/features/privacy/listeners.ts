import { resourceOf } from '../../platform/events/event-facts.ts'
import type { Listener } from '../../platform/jobs/jobs.ts'

export const privacyListeners: readonly Listener[] = [
  {
    events: ['export.requested'],
    jobsFor: (event) => {
      const exportId = resourceOf(event)
      return [{ key: `make-export:${exportId}`, name: 'privacy.make-export', payload: { exportId } }]
    },
  },
]
