import type { WorkingHours, WorkingHoursInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { lockStandingVisits, settleVisits, strandedByHours } from '../appointments/lookup.ts'
import { lockProvider } from './queries/providers.ts'
import { endWorkingHours, insertWorkingHours, listWorkingHours } from './queries/working-hours.ts'
import { listWorkplaces } from './queries/workplaces.ts'
import { byWeekday, toMinutes, toShift } from './shift-minutes.ts'
import { workplaceNamed } from './workplace.ts'

/**
 * Replaces a provider's week at one location from a date on, by default the location's today.
 * @param requireFresh is given the week in force on that date, or null
 * @throws NotFound, Invalid 422 when the provider does not work there, AppError 412 when stale,
 * AppointmentsAffected 409 unless the input says what becomes of visits outside the new hours
 */
export async function setWorkingHours(
  tx: Tx,
  actor: Actor,
  providerId: string,
  input: WorkingHoursInput,
  requireFresh: (current: WorkingHours | null) => void,
): Promise<WorkingHours> {
  const [provider, workplaces] = await Promise.all([lockProvider(tx, providerId), listWorkplaces(tx, providerId)])
  if (!provider) throw new NotFound()
  const { locationId, today } = workplaceNamed(workplaces, input.locationId)
  const from = input.effectiveFrom ?? today
  const weeks = await listWorkingHours(tx, provider.id, locationId, null, null)
  requireFresh(weeks.findLast(({ effectiveFrom }) => effectiveFrom <= from) ?? null)
  const shifts = input.weekly.map(toMinutes).sort(byWeekday)
  const standing = await lockStandingVisits(tx, { providerId: provider.id, locationId })
  const stranded = await strandedByHours(tx, standing, () =>
    Promise.all([
      endWorkingHours(tx, provider.id, locationId, from),
      insertWorkingHours(tx, { providerId: provider.id, locationId, from, shifts }),
    ]),
  )
  await settleVisits(tx, actor, stranded, input)
  const payload = { locationId, effectiveFrom: from }
  record(tx, actor, 'working-hours.replaced', { resource: { type: 'provider', id: provider.id }, payload })
  return { providerId: provider.id, locationId, effectiveFrom: from, weekly: shifts.map(toShift) }
}
