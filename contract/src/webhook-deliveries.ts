import { Closed, Id, Instant, Nullable, OneOf, Page, pageQuery } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'
import { webhookTypes } from './webhooks.ts'

export const deliveryStatuses = ['pending', 'delivered', 'failed', 'withheld'] as const

/** Every type of message: those that endpoints choose from, and the test. */
export const messageTypes = [...webhookTypes, 'webhook.tested'] as const

/** The body that endpoints are sent: ids and nothing else. */
export const WebhookMessage = Closed({
  type: OneOf(messageTypes),
  timestamp: Instant,
  data: Closed({
    appointmentId: Type.Optional(Id),
    petId: Type.Optional(Id),
    webhookId: Type.Optional(Id),
  }),
})

export const WebhookDelivery = Closed({
  messageId: { ...Id, description: 'The `webhook-id` it is sent with, which is the id of the event' },
  type: OneOf(messageTypes),
  status: OneOf(deliveryStatuses, {
    description:
      '`withheld`: the endpoint was disabled, or its account no longer an admin, when it would have been sent',
  }),
  attempts: Type.Integer({ description: 'How often it was sent since it was last asked for' }),
  interrupted: Type.Integer({
    description:
      'How many attempts ended with our process and not with an answer; the endpoint may have taken them all the same',
  }),
  lastStatus: Nullable(Type.Integer({ description: 'What the endpoint answered last' })),
  lastFault: Nullable(
    OneOf(['status', 'timeout', 'connection', 'certificate', 'refused'], {
      description: '`refused`: the URL leads, by now, where no message is sent',
    }),
  ),
  lastAttemptAt: Nullable(Instant),
  nextAttemptAt: Nullable(Instant),
  createdAt: Instant,
})

export type MessageType = (typeof messageTypes)[number]
export type DeliveryStatus = (typeof deliveryStatuses)[number]
export type WebhookMessage = Static<typeof WebhookMessage>
export type WebhookDelivery = Static<typeof WebhookDelivery>

const tag = 'Webhooks'
const params = { webhookId: exampleIds.webhook }

const example = {
  messageId: exampleIds.event,
  type: 'appointment.booked' as const,
  status: 'delivered' as const,
  attempts: 1,
  interrupted: 0,
  lastStatus: 204,
  lastFault: null,
  lastAttemptAt: '2026-11-22T09:30:01Z',
  nextAttemptAt: null,
  createdAt: '2026-11-22T09:30:01Z',
}

export const listWebhookDeliveries = route({
  operationId: 'listWebhookDeliveries',
  method: 'GET',
  url: '/webhooks/{webhookId}/deliveries',
  permission: 'webhooks.read',
  noStore: true,
  tag,
  summary: 'List deliveries',
  description:
    'What an endpoint was sent in the last 30 days and how it fared, the newest first. `status` narrows the list.',
  params: Closed({ webhookId: Id }),
  query: Closed({ status: Type.Optional(OneOf(deliveryStatuses)), ...pageQuery }),
  answers: { 200: Page(WebhookDelivery) },
  problems: ['resource.not-found'],
  example: { params, query: { status: 'delivered' }, answer: { items: [example], nextCursor: null } },
})

export const replayWebhookDelivery = route({
  operationId: 'replayWebhookDelivery',
  method: 'POST',
  url: '/webhooks/{webhookId}/deliveries/{messageId}/replay',
  permission: 'webhooks.write',
  tag,
  summary: 'Send a message again',
  description:
    'The same message under the same `webhook-id`, signed anew, with all attempts before it. One that still waits for its ' +
    'next attempt is sent at once. A disabled endpoint answers 409.',
  params: Closed({ webhookId: Id, messageId: Id }),
  answers: { 200: WebhookDelivery },
  problems: ['resource.not-found', 'resource.conflict'],
  example: {
    params: { ...params, messageId: exampleIds.event },
    answer: { ...example, status: 'pending', attempts: 0, nextAttemptAt: '2026-11-22T10:00:00Z' },
  },
})
