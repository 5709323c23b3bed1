import type { Location, LocationInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { forgetTravelTo } from '../appointments/lookup.ts'
import { changedFields } from './changed-fields.ts'
import { completeLocation } from './complete-location.ts'
import { zoneUnknown } from './errors.ts'
import { lockLocation, updateLocation } from './queries/locations.ts'
import { rezoneSchedule } from './rezone-schedule.ts'

/**
 * Sets every field of a location; appointments keep the instants they were given, changes of its schedule their local times.
 * @throws NotFound, AppError 412 when stale, Invalid 400 when the database does not know the time zone
 */
export async function replaceLocation(
  tx: Tx,
  actor: Actor,
  locationId: string,
  input: LocationInput,
  requireFresh: (current: Location) => void,
): Promise<Location> {
  const before = await lockLocation(tx, locationId)
  if (!before) throw new NotFound()
  requireFresh(before)
  const after = await updateLocation(tx, locationId, completeLocation(input)).catch(zoneUnknown)
  // What was reserved around visits there is not true any more; the visits themselves say where they are.
  if (after.travelMinutes !== before.travelMinutes) await forgetTravelTo(tx, after.id)
  if (after.timeZone !== before.timeZone) await rezoneSchedule(tx, after)
  const payload = { fields: changedFields(before, after) }
  record(tx, actor, 'location.updated', { resource: { type: 'location', id: after.id }, payload })
  return after
}
