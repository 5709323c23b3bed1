import type { EventName } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Trail } from '../../platform/events/event-log.ts'
import { DamagedRecord } from './sealed-content.ts'

/** Opens something sealed; where that fails, the trail names the record before anybody is told. */
export async function openOrReport<T>(
  trail: Trail,
  actor: Actor,
  name: EventName,
  petId: string,
  open: () => T | Promise<T>,
): Promise<T> {
  try {
    return await open()
  } catch (error) {
    await reportDamage(trail, actor, name, petId, error)
    throw error
  }
}

/** Leaves an event that names the record that did not open; of any other error it leaves none. */
export async function reportDamage(
  trail: Trail,
  actor: Actor,
  name: EventName,
  petId: string,
  error: unknown,
): Promise<void> {
  if (!(error instanceof DamagedRecord)) return
  const resource = { type: 'medical-record', id: error.recordId }
  await trail.append(actor, name, { resource, petId, recordIds: [error.recordId], outcome: 'failed' })
}
