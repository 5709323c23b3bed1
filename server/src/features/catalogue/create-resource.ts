import type { Resource, ResourceInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { conflicting } from './errors.ts'
import { insertResource } from './queries/locations.ts'

/**
 * Adds a room, table or machine to a location.
 * @throws NotFound when there is no such location, Conflict when a resource there has the name
 */
export async function createResource(
  tx: Tx,
  actor: Actor,
  locationId: string,
  input: ResourceInput,
): Promise<Resource> {
  const resource = await insertResource(tx, locationId, input).catch(conflicting)
  if (!resource) throw new NotFound()
  const payload = { locationId: resource.locationId }
  record(tx, actor, 'resource.created', { resource: { type: 'resource', id: resource.id }, payload })
  return resource
}
