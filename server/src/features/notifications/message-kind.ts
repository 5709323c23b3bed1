import type { OptionalMessageKind } from '@petra/contract'

/** What a message is about. The optional kinds can be switched off; the others concern a booked visit, who owns a pet, security, or how Petra itself fares. */
export type MessageKind = OptionalMessageKind | 'visits' | 'ownership' | 'security' | 'operations'

/** Kinds that carry a link to stop them: all that concern neither a booked visit, nor who owns a pet, nor security. */
export const unsubscribableKinds = ['vaccinations', 'new-records', 'day-list'] as const satisfies OptionalMessageKind[]

export type UnsubscribableKind = (typeof unsubscribableKinds)[number]
