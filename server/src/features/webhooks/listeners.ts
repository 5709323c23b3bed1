import { webhookTypes } from '@petra/contract'
import { resourceOf } from '../../platform/events/event-facts.ts'
import type { BatchListener, Listener } from '../../platform/jobs/jobs.ts'
import { factsOf } from './message.ts'
import { insertDeliveries } from './queries/deliveries.ts'
import { wakeJob } from './wake-job.ts'

/** Writes a message for each endpoint that is told of an event, and wakes those endpoints. */
export const webhookBatchListener: BatchListener = {
  events: [...webhookTypes, 'webhook.tested'],
  async jobsForAll(tx, events) {
    const webhookIds = await insertDeliveries(tx, events.map(factsOf))
    return webhookIds.map(wakeJob)
  },
}

export const webhookListeners: readonly Listener[] = [
  { events: ['webhook.replayed', 'webhook.updated'], jobsFor: (event) => [wakeJob(resourceOf(event))] },
]
