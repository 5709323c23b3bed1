import { Closed, Id, Instant, Nullable, OneOf, Page, pageQuery, Text } from './common.ts'
import type { EventName } from './events.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

/** What endpoints can be told of, and nothing else: each is a visit or the profile of a pet, never anything medical. */
export const webhookTypes = [
  'appointment.booked',
  'appointment.moved',
  'appointment.updated',
  'appointment.cancelled',
  'appointment.approved',
  'appointment.declined',
  'appointment.confirmed',
  'appointment.checked-in',
  'appointment.started',
  'appointment.completed',
  'appointment.no-show-marked',
  'appointment.reopened',
  'pet.created',
  'pet.updated',
  'pet.archived',
] as const satisfies readonly EventName[]

export type WebhookType = (typeof webhookTypes)[number]

const url = Text(2_000, { description: 'Where messages are POSTed to: https, a public address, without credentials' })

const eventTypes = Type.Array(OneOf(webhookTypes), {
  minItems: 1,
  uniqueItems: true,
  description: 'What it is told of',
})

const description = Nullable(Text(200, { description: 'What it is for, in your words' }))

export const NewWebhook = Closed({ url, eventTypes, description: Type.Optional(description) })

export const WebhookChange = Closed({
  url: Type.Optional(url),
  eventTypes: Type.Optional(eventTypes),
  description: Type.Optional(description),
  enabled: Type.Optional(Type.Boolean()),
})

export const Webhook = Closed({
  id: Id,
  url,
  eventTypes,
  description,
  enabled: Type.Boolean(),
  disabledBecause: Nullable(
    OneOf(['admin', 'gone', 'failing'], {
      description: '`gone`: it answered 410; `failing`: nothing got through for five days; `admin`: one of you did',
    }),
  ),
  accountId: {
    ...Id,
    description: 'Who set it up or changed it last. While that account is disabled or no admin, nothing is sent',
  },
  failingSince: Nullable(Instant),
  previousSecretUntil: {
    ...Nullable(Instant),
    description: 'Until when messages are signed with the secret before this one too',
  },
  createdAt: Instant,
  updatedAt: Instant,
})

const secret = Type.String({ description: 'What messages are signed with. It is shown this once' })

export const CreatedWebhook = Closed({ ...Webhook.properties, secret })

export const RotatedSecret = Closed({ secret, previousSecretUntil: Instant })

export type NewWebhook = Static<typeof NewWebhook>
export type WebhookChange = Static<typeof WebhookChange>
export type Webhook = Static<typeof Webhook>
export type CreatedWebhook = Static<typeof CreatedWebhook>
export type RotatedSecret = Static<typeof RotatedSecret>

const tag = 'Webhooks'
const webhookId = Closed({ webhookId: Id })
const params = { webhookId: exampleIds.webhook }

const example = {
  id: exampleIds.webhook,
  url: 'https://hooks.petra.example/visits',
  eventTypes: ['appointment.booked' as const, 'appointment.cancelled' as const],
  description: 'The phone system',
  enabled: true,
  disabledBecause: null,
  accountId: exampleIds.admin,
  failingSince: null,
  previousSecretUntil: null,
  createdAt: '2026-11-22T09:00:00Z',
  updatedAt: '2026-11-22T09:00:00Z',
}

const exampleSecret = 'whsec_Y2xlYXJseS1hbi1leGFtcGxlLW9mLTMyLWJ5dGVzIQ=='

export const listWebhooks = route({
  operationId: 'listWebhooks',
  method: 'GET',
  url: '/webhooks',
  permission: 'webhooks.read',
  noStore: true,
  tag,
  summary: 'List endpoints',
  description: 'Every endpoint of the company, the newest first, without secrets.',
  query: Closed(pageQuery),
  answers: { 200: Page(Webhook) },
  problems: [],
  example: { answer: { items: [example], nextCursor: null } },
})

export const createWebhook = route({
  operationId: 'createWebhook',
  method: 'POST',
  url: '/webhooks',
  permission: 'webhooks.write',
  noStore: true,
  secret: true,
  tag,
  summary: 'Register an endpoint',
  description:
    'It is POSTed a message for each event of these types, as Standard Webhooks says: `webhook-id` (the same however often it is ' +
    'sent: what you have seen, drop), `webhook-timestamp`, `webhook-signature`, and `{ type, timestamp, data }`, where data holds ' +
    'ids alone; ask the API for the rest. An answer of 2xx within 20 seconds takes it; anything else, redirects included, is tried ' +
    'again ten times over three days, later when `Retry-After` says so. 410 disables the endpoint, and so do five days of failures. ' +
    'A URL that is not https, or whose host is not on the public internet, answers 422 `webhook.url-refused`.',
  body: NewWebhook,
  answers: { 201: CreatedWebhook },
  problems: ['webhook.url-refused'],
  example: {
    body: { url: example.url, eventTypes: example.eventTypes, description: example.description },
    answer: { ...example, secret: exampleSecret },
  },
})

export const getWebhook = route({
  operationId: 'getWebhook',
  method: 'GET',
  url: '/webhooks/{webhookId}',
  permission: 'webhooks.read',
  noStore: true,
  tag,
  summary: 'Read an endpoint',
  description: 'One endpoint, without its secret.',
  params: webhookId,
  answers: { 200: Webhook },
  problems: ['resource.not-found'],
  example: { params, answer: example },
})

export const updateWebhook = route({
  operationId: 'updateWebhook',
  method: 'PATCH',
  url: '/webhooks/{webhookId}',
  permission: 'webhooks.write',
  noStore: true,
  tag,
  summary: 'Change an endpoint',
  description:
    'A JSON merge patch. The endpoint belongs to whoever changed it last. `enabled: true` gives a disabled one another ' +
    'chance; what happened meanwhile is not made up for.',
  params: webhookId,
  body: WebhookChange,
  answers: { 200: Webhook },
  problems: ['resource.not-found', 'resource.stale', 'webhook.url-refused'],
  example: { params, body: { enabled: false }, answer: { ...example, enabled: false, disabledBecause: 'admin' } },
})

export const deleteWebhook = route({
  operationId: 'deleteWebhook',
  method: 'DELETE',
  url: '/webhooks/{webhookId}',
  permission: 'webhooks.write',
  tag,
  summary: 'Remove an endpoint',
  description: 'With its secrets and the log of its deliveries. What waits for it is not sent any more.',
  params: webhookId,
  answers: { 204: null },
  problems: ['resource.not-found', 'resource.stale'],
  example: { params },
})

export const rotateWebhookSecret = route({
  operationId: 'rotateWebhookSecret',
  method: 'POST',
  url: '/webhooks/{webhookId}/secret',
  permission: 'webhooks.write',
  noStore: true,
  secret: true,
  tag,
  summary: 'Give an endpoint a new secret',
  description:
    'For 24 hours messages carry two signatures, of the new secret and of the one before it; then the new one alone. ' +
    'Rotating again meanwhile ends the oldest at once.',
  params: webhookId,
  answers: { 200: RotatedSecret },
  problems: ['resource.not-found'],
  example: { params, answer: { secret: exampleSecret, previousSecretUntil: '2026-11-23T09:00:00Z' } },
})

export const testWebhook = route({
  operationId: 'testWebhook',
  method: 'POST',
  url: '/webhooks/{webhookId}/test',
  permission: 'webhooks.write',
  tag,
  summary: 'Send a test message',
  description:
    'A message of type `webhook.tested` goes to this endpoint and no other; how it fared stands in the log of its deliveries. ' +
    'A disabled endpoint answers 409.',
  params: webhookId,
  answers: { 204: null },
  problems: ['resource.not-found', 'resource.conflict'],
  example: { params },
})
