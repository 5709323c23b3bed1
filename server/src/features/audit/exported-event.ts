import { canonicalEvent } from '../../platform/events/canonical-event.ts'
import type { SealedEvent } from './queries/sealed-events.ts'

/** A line of an export: the event under the names that its bytes are made with, and what its origin commits to. */
export interface ExportedEvent {
  readonly event: Readonly<Record<string, unknown>> & { readonly action: string; readonly origin: string | null }
  readonly origin?: {
    readonly salt: string
    readonly address: string | null
    readonly agent: string | null
    readonly country: string | null
  }
}

/** The line, without its end. `origin` is left out where it is forgotten, or not for the reader. */
export function toExport(event: SealedEvent, origin: ExportedEvent['origin']): string {
  return `{"event":${canonicalEvent(event)}${origin ? `,"origin":${JSON.stringify(origin)}` : ''}}`
}

export function fromExport(event: ExportedEvent['event']): SealedEvent {
  const { action, actor, roles, session, token, pet, records, request, ...same } = event
  const renamed = { name: action, actorId: actor, actorRoles: roles, sessionId: session, tokenId: token }
  return {
    ...same,
    ...renamed,
    petId: pet,
    recordIds: records,
    requestId: request,
    mac: null,
  } as unknown as SealedEvent
}
