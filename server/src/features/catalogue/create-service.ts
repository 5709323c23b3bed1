import type { Service, ServiceInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/event-log.ts'
import { completeService } from './complete-service.ts'
import { conflicting } from './errors.ts'
import { insertService } from './queries/services.ts'

/**
 * Adds something that can be booked.
 * @throws Conflict when the slug is taken
 */
export async function createService(tx: Tx, actor: Actor, input: ServiceInput): Promise<Service> {
  const service = await insertService(tx, completeService(input)).catch(conflicting)
  record(tx, actor, 'service.created', { resource: { type: 'service', id: service.id } })
  return service
}
