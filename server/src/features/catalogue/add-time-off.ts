import type { ScheduleChange, TimeOffInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { lockStandingVisits, settleVisits } from '../appointments/lookup.ts'
import { wallClock } from './local-span.ts'
import { mayAddTimeOff } from './policy.ts'
import { lockProvider } from './queries/providers.ts'
import { insertException } from './queries/schedule-changes.ts'
import { listWorkplaces } from './queries/workplaces.ts'
import { placeAndSpan } from './workplace.ts'

/**
 * Takes a provider off the books for a time, at one location or at all. The schedule is locked before the look for
 * appointments: a booking under way is seen, and a later one sees the time off.
 * @throws NotFound, Forbidden for another provider's time, AppointmentsAffected 409 unless the input says what becomes of them
 */
export async function addTimeOff(
  tx: Tx,
  actor: Actor,
  providerId: string,
  input: TimeOffInput,
): Promise<ScheduleChange> {
  const [provider, workplaces] = await Promise.all([lockProvider(tx, providerId), listWorkplaces(tx, providerId)])
  if (!provider) throw new NotFound()
  if (!mayAddTimeOff(actor, provider)) throw new Forbidden('You may only take time off for yourself.')
  const { locationId, span } = placeAndSpan(workplaces, input)
  const reason = input.reason ?? null
  const local = { from: wallClock(input.from), to: wallClock(input.to) }
  const told = { providerId: provider.id, locationId, span, ...local, reason }
  const id = await insertException(tx, 'time-off', told)
  const visits = await lockStandingVisits(tx, { providerId: provider.id, locationId }, span)
  await settleVisits(tx, actor, visits, input)
  const change = { ...local, locationId }
  const payload = { providerId: provider.id, ...change }
  record(tx, actor, 'time-off.added', { resource: { type: 'schedule-change', id }, payload })
  return { id, ...change, reason }
}
