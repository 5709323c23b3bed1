import type { AffectedAppointment } from '@petra/contract'
import type { Db } from '../../platform/database/database.ts'
import { AppError } from '../../platform/errors.ts'
import { toAlternative } from './alternatives.ts'
import { nearestTimes } from './nearest-times.ts'
import type { StandingVisit } from './queries/standing-visits.ts'
import type { Timetable } from './timetable.ts'

const MOST = 3
const DAYS_AROUND = 7

/** 409: a change would have orphaned appointments. Their alternatives are added once the transaction is rolled back. */
export class AppointmentsAffected extends AppError {
  readonly #timetable: Timetable
  readonly #visits: readonly StandingVisit[]

  /** @param timetable as it would have been after the change */
  constructor(
    timetable: Timetable,
    visits: readonly StandingVisit[],
    appointments: readonly AffectedAppointment[] = [],
  ) {
    super(
      'schedule.appointments-affected',
      'These appointments would be orphaned; move or cancel them, or say in `appointments` what becomes of them.',
      { appointments },
    )
    this.#timetable = timetable
    this.#visits = visits
  }

  /** The same with every appointment listed, looked up while bookings go on. */
  async withAlternatives(db: Db): Promise<AppointmentsAffected> {
    const appointments: AffectedAppointment[] = []
    for (const visit of this.#visits) {
      const { id, petId, providerId, startsAt, endsAt } = visit
      const times = await nearestTimes(db, this.#timetable, visit, DAYS_AROUND)
      const alternatives = times.slice(0, MOST).map(toAlternative)
      appointments.push({ id, petId, providerId, startsAt, endsAt, alternatives })
    }
    return new AppointmentsAffected(this.#timetable, this.#visits, appointments)
  }
}
