import { type MessageType, type WebhookMessage, type WebhookType, webhookTypes } from '@petra/contract'
import { petOf, resourceOf } from '../../platform/event-facts.ts'
import type { LogEvent } from '../../platform/log-tail.ts'
import type { Delivery } from './queries/deliveries.ts'

/** What a message to any endpoint says of an event: which, when, and the ids that are listed here. */
export type MessageFacts = Omit<Delivery, 'webhookId'>

/** @throws Error when the event names none of what messages of its type name */
export function factsOf(event: LogEvent): MessageFacts {
  const type = event.name as MessageType
  const isVisit = type.startsWith('appointment.')
  const isOfPet = isVisit || type.startsWith('pet.')
  return {
    eventId: event.id,
    type,
    occurredAt: event.at,
    appointmentId: isVisit ? resourceOf(event) : null,
    petId: isOfPet ? petOf(event) : null,
  }
}

/** The body an endpoint is sent, as Standard Webhooks has it. It is made of these ids, so nothing else can get into it. */
export function messageOf({ type, occurredAt, appointmentId, petId, webhookId }: Delivery): WebhookMessage {
  return {
    type,
    timestamp: occurredAt,
    data: {
      ...(appointmentId !== null && { appointmentId }),
      ...(petId !== null && { petId }),
      ...(type === 'webhook.tested' && { webhookId }),
    },
  }
}

export function isWebhookType(name: string): name is WebhookType {
  return (webhookTypes as readonly string[]).includes(name)
}
