import type { ExtraHoursInput, ScheduleChange } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { localSpan, wallClock } from './local-span.ts'
import { lockProvider } from './queries/providers.ts'
import { insertException } from './queries/schedule-changes.ts'
import { listWorkplaces } from './queries/workplaces.ts'
import { workplaceFor } from './workplace.ts'

/**
 * Opens time beyond a provider's weekly hours.
 * @throws NotFound, Invalid 422 when the provider does not work there, AppError 422 when the location must be named
 */
export async function addExtraHours(
  tx: Tx,
  actor: Actor,
  providerId: string,
  input: ExtraHoursInput,
): Promise<ScheduleChange> {
  const [provider, workplaces] = await Promise.all([lockProvider(tx, providerId), listWorkplaces(tx, providerId)])
  if (!provider) throw new NotFound()
  const { locationId, timeZone } = workplaceFor(workplaces, input.locationId ?? null)
  const span = localSpan(input, timeZone)
  const reason = input.reason ?? null
  const local = { from: wallClock(input.from), to: wallClock(input.to) }
  const told = { providerId: provider.id, locationId, span, ...local, reason }
  const id = await insertException(tx, 'extra-hours', told)
  const change = { ...local, locationId }
  const payload = { providerId: provider.id, ...change }
  record(tx, actor, 'extra-hours.added', { resource: { type: 'schedule-change', id }, payload })
  return { id, ...change, reason }
}
