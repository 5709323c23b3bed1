import { randomUUIDv7 } from 'node:crypto'
import { announced, type EventName, type Payload } from '@petra/contract'
import { type Actor, type Purpose, purposeOf } from '../actor.ts'
import { commitEvents, type Db, type Tx } from '../database/database.ts'
import { AppError } from '../errors.ts'
import { kindOf } from './event-kinds.ts'
import type { EventRow } from './event-rows.ts'

/** What an event says beyond who, when and from where: ids, instants and names of fields, never a text anyone wrote. */
export type Facts<N extends EventName> = About & Payload<N>

interface About {
  readonly resource?: { readonly type: string; readonly id: string }
  readonly petId?: string
  /** Every record a list returned, or the one that was touched. */
  readonly recordIds?: readonly string[]
  /** How many items a list returned that is not one of records. */
  readonly results?: number
  /** The account that was acted for, where it is not the actor's. */
  readonly behalfOf?: string | undefined
  readonly purpose?: Purpose
  readonly outcome?: EventRow['outcome']
}

/** Adds one event to the caller's transaction. The row is the audit event and the outbox; what follows hangs on the log's tails. */
export function record<N extends EventName>(tx: Tx, actor: Actor, name: N, facts: Facts<N>): void {
  tx.events.push(eventRow(actor, name, facts))
}

/** Writes events that belong to no change: reads of records, and refusals. */
export interface Trail {
  /**
   * Resolves once the event is committed; an answer waits for it.
   * @throws AppError 503 when it cannot be
   */
  append<N extends EventName>(actor: Actor, name: N, facts: Facts<N>): Promise<void>
}

export function openTrail(db: Db): Trail {
  return {
    async append(actor, name, facts) {
      try {
        await commitEvents(db, [eventRow(actor, name, facts)])
      } catch {
        throw new AppError('service.unavailable', 'The audit trail cannot be written, so nothing is shown.')
      }
    },
  }
}

/** Ids may come as a client wrote them; what is marked is what the database will say. */
function eventRow<N extends EventName>(actor: Actor, name: N, facts: Facts<N>): EventRow {
  return {
    id: randomUUIDv7(),
    kind: kindOf(name),
    name,
    outcome: facts.outcome ?? 'allowed',
    purpose: facts.purpose ?? purposeOf(actor),
    actorId: actor.accountId,
    actorRoles: actor.roles,
    behalfOf: facts.behalfOf ?? null,
    sessionId: actor.sessionId,
    tokenId: actor.tokenId,
    resourceType: facts.resource?.type ?? null,
    resourceId: facts.resource?.id.toLowerCase() ?? null,
    petId: facts.petId?.toLowerCase() ?? null,
    recordIds: facts.recordIds?.map((id) => id.toLowerCase()) ?? null,
    results: facts.results ?? facts.recordIds?.length ?? null,
    payload: facts.payload ?? null,
    requestId: actor.request.id,
    from: { address: actor.request.address, agent: actor.request.agent, country: actor.request.country },
    announces: announced.has(name),
  }
}
