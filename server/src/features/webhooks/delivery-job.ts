import { hash } from 'node:crypto'
import type { NewJob } from '../../platform/jobs.ts'
import type { Delivery } from './queries/deliveries.ts'

/** What a job has to send: a message to write down first, or one that is. */
export type DeliveryNews = Delivery | Pick<Delivery, 'webhookId' | 'eventId'>

/** How many messages an endpoint is sent at once. More wait, and hold up nobody else. */
const AT_ONCE = 2

/** The job that sends a message to an endpoint: one for each, in one of the endpoint's queues. */
export function deliveryJob(news: DeliveryNews, runAt?: string): NewJob {
  const { webhookId, eventId } = news
  return {
    key: `webhook:${webhookId}:${eventId}`,
    name: 'webhooks.deliver',
    payload: { ...news },
    queue: `webhook:${webhookId}:${queueNumber(eventId)}`,
    ...(runAt !== undefined && { runAt }),
  }
}

function queueNumber(eventId: string): number {
  return hash('sha1', eventId, 'buffer').readUInt32BE() % AT_ONCE
}
