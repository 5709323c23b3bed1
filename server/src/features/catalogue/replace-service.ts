import type { Service, ServiceReplacement } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { changedFields } from './changed-fields.ts'
import { completeService } from './complete-service.ts'
import { conflicting } from './errors.ts'
import { orphaning } from './orphaning.ts'
import { findService, lockService, updateService } from './queries/services.ts'

/**
 * Sets every field of a service, for bookings made or moved from now on.
 * @throws NotFound, AppError 412 when stale, Conflict when the slug is taken, two durations are for one weight or providers do not
 * fit the new kind, Invalid 400 for a band of no weight, AppointmentsAffected 409 when it is no longer offered and the input does not say what becomes of its visits
 */
export async function replaceService(
  tx: Tx,
  actor: Actor,
  serviceId: string,
  { appointments, ...input }: ServiceReplacement,
  requireFresh: (current: Service) => void,
): Promise<Service> {
  const before = await lockService(tx, serviceId)
  if (!before) throw new NotFound()
  requireFresh(before)
  await orphaning(tx, actor, { serviceId: before.id }, { appointments }, () =>
    updateService(tx, serviceId, completeService(input)).catch(conflicting),
  )
  const after = (await findService(tx, serviceId)) as Service
  const payload = { fields: changedFields(before, after) }
  record(tx, actor, 'service.updated', { resource: { type: 'service', id: after.id }, payload })
  return after
}
