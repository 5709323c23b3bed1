import { resourceOf } from '../../platform/event-facts.ts'
import type { Listener } from '../../platform/jobs.ts'

export const privacyListeners: readonly Listener[] = [
  {
    events: ['export.requested'],
    jobsFor: (event) => {
      const exportId = resourceOf(event)
      return [{ key: `make-export:${exportId}`, name: 'privacy.make-export', payload: { exportId } }]
    },
  },
]
