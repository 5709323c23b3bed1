import type { ClosureInput, ScheduleChange } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { lockStandingVisits, settleVisits } from '../appointments/lookup.ts'
import { localSpan, wallClock } from './local-span.ts'
import { lockLocation } from './queries/locations.ts'
import { insertClosure } from './queries/schedule-changes.ts'

/**
 * Closes a location for a time. The schedule is locked before the look for appointments: a booking under way is seen,
 * and a later one sees the closure.
 * @throws NotFound, AppointmentsAffected 409 unless the input says what becomes of them
 */
export async function addClosure(
  tx: Tx,
  actor: Actor,
  locationId: string,
  input: ClosureInput,
): Promise<ScheduleChange> {
  const location = await lockLocation(tx, locationId)
  if (!location) throw new NotFound()
  const span = localSpan(input, location.timeZone)
  const reason = input.reason ?? null
  const local = { from: wallClock(input.from), to: wallClock(input.to) }
  const id = await insertClosure(tx, location.id, { span, ...local, reason })
  await settleVisits(tx, actor, await lockStandingVisits(tx, { locationId: location.id }, span), input)
  const change = { ...local, locationId: location.id }
  record(tx, actor, 'closure.added', { resource: { type: 'schedule-change', id }, payload: change })
  return { id, ...change, reason }
}
