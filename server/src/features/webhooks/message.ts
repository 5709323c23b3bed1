import type { MessageType, WebhookMessage } from '@petra/contract'
import { petOf, resourceOf } from '../../platform/events/event-facts.ts'
import type { LogEvent } from '../../platform/events/log-tail.ts'
import type { Delivery, MessageFacts } from './queries/deliveries.ts'

/** @throws Error when the event names none of what messages of its type name */
export function factsOf(event: LogEvent): MessageFacts {
  const type = event.name as MessageType
  const isTest = type === 'webhook.tested'
  return {
    eventId: event.id,
    type,
    occurredAt: event.at,
    appointmentId: type.startsWith('appointment.') ? resourceOf(event) : null,
    petId: isTest ? null : petOf(event),
    webhookId: isTest ? resourceOf(event) : null,
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
