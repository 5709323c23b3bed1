import { webhookTypes } from '@petra/contract'
import { resourceOf, textOf } from '../../platform/event-facts.ts'
import type { JobSpec, Listener, Subscribing } from '../../platform/jobs.ts'
import { deliveryJob } from './delivery-job.ts'
import { factsOf } from './message.ts'
import { listSubscriptions } from './queries/webhooks.ts'

/** Every event becomes a job for each endpoint that is told of its type. */
export const webhookSubscriptions: Subscribing = {
  events: webhookTypes,
  async listen(tx) {
    const webhooks = await listSubscriptions(tx)
    const told = Map.groupBy(
      webhooks.flatMap(({ id, eventTypes }) => eventTypes.map((type) => ({ id, type }))),
      ({ type }) => type as string,
    )
    return {
      events: webhookTypes,
      jobsFor: (event): JobSpec[] => {
        const endpoints = told.get(event.name) ?? []
        return endpoints.map(({ id }) => deliveryJob({ webhookId: id, ...factsOf(event) }))
      },
    }
  },
}

/** Tests and replays are for one endpoint alone. */
export const webhookListeners: readonly Listener[] = [
  {
    events: ['webhook.tested'],
    jobsFor: (event) => [deliveryJob({ webhookId: resourceOf(event), ...factsOf(event) })],
  },
  {
    events: ['webhook.replayed'],
    jobsFor: (event) => [deliveryJob({ webhookId: resourceOf(event), eventId: textOf(event, 'messageId') })],
  },
]
