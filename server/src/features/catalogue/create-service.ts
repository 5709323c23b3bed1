import type { Service, ServiceInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { completeService } from './complete-service.ts'
import { conflicting } from './errors.ts'
import { findService, insertService } from './queries/services.ts'

/**
 * Adds something that can be booked.
 * @throws Conflict when the slug is taken or two durations are for one weight, Invalid 400 for a band of no weight
 */
export async function createService(tx: Tx, actor: Actor, input: ServiceInput): Promise<Service> {
  const id = await insertService(tx, completeService(input)).catch(conflicting)
  record(tx, actor, 'service.created', { resource: { type: 'service', id } })
  return (await findService(tx, id)) as Service
}
