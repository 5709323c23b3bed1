import type { AppointmentHandling } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppointmentsAffected } from './appointments-affected.ts'
import { cancelForTheCompany } from './cancel-appointment.ts'
import { moveToNearestTime } from './move-to-nearest-time.ts'
import type { StandingVisit } from './queries/standing-visits.ts'
import { loadTimetable } from './queries/timetable.ts'
import type { Timetable } from './timetable.ts'

/** What a request says about the visits its change orphans. */
export interface Handling {
  readonly appointments?: AppointmentHandling | undefined
  readonly leaveAppointments?: boolean
}

/**
 * Deals with the visits that a change of the schedule orphans, after it was made and in its transaction: what cannot be
 * dealt with as the request says takes the change back. The schedule is owned, so nobody books meanwhile.
 * @throws AppointmentsAffected 409 with those that have no way out, or with all when the request does not say
 */
export async function settleVisits(
  tx: Tx,
  actor: Actor,
  visits: readonly StandingVisit[],
  { appointments, leaveAppointments = false }: Handling,
): Promise<void> {
  const handling = appointments ?? (leaveAppointments ? 'leave' : 'refuse')
  if (visits.length === 0 || handling === 'leave') return
  const timetable = await loadTimetable(tx)
  const stuck = await settle[handling](tx, timetable, actor, visits)
  if (stuck.length > 0) throw new AppointmentsAffected(timetable, stuck)
}

type Settle = (
  tx: Tx,
  timetable: Timetable,
  actor: Actor,
  visits: readonly StandingVisit[],
) => Promise<readonly StandingVisit[]>

const settle: Record<'refuse' | 'cancel' | 'move', Settle> = {
  refuse: async (_tx, _timetable, _actor, visits) => visits,

  async cancel(tx, _timetable, actor, visits) {
    await cancelForTheCompany(
      tx,
      actor,
      visits.filter(isAhead).map(({ id }) => id),
    )
    return visits.filter((visit) => !isAhead(visit))
  },

  async move(tx, timetable, actor, visits) {
    const stuck: StandingVisit[] = []
    // One after the other: where the first goes decides what is free for the next.
    for (const visit of visits) {
      if (!isAhead(visit) || !(await moveToNearestTime(tx, timetable, actor, visit))) stuck.push(visit)
    }
    return stuck
  },
}

/** Whether a visit may still be moved or cancelled (rule 13). */
function isAhead({ status }: StandingVisit): boolean {
  return ['requested', 'booked', 'confirmed'].includes(status)
}
