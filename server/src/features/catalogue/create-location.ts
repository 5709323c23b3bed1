import type { Location, LocationInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { completeLocation } from './complete-location.ts'
import { zoneUnknown } from './errors.ts'
import { insertLocation } from './queries/locations.ts'

/**
 * Adds a clinic or salon.
 * @throws Invalid 400 when the database does not know the time zone
 */
export async function createLocation(tx: Tx, actor: Actor, input: LocationInput): Promise<Location> {
  const location = await insertLocation(tx, completeLocation(input)).catch(zoneUnknown)
  record(tx, actor, 'location.created', { resource: { type: 'location', id: location.id } })
  return location
}
