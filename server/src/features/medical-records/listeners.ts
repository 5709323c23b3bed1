import { petOf } from '../../platform/events/event-facts.ts'
import type { Listener } from '../../platform/jobs/jobs.ts'
import { ANNOUNCE_OF } from './announce-due-vaccinations.ts'

/** In which another visit may be booked in the place of the one that was cancelled. */
const HOURS = 1

/** What a visit has kept back is told when there is none any more. */
export const medicalRecordListeners: readonly Listener[] = [
  {
    events: ['appointment.cancelled', 'appointment.declined', 'appointment.moved'],
    jobsFor: (event) => [
      {
        key: `due-vaccinations-of:${petOf(event)}`,
        name: ANNOUNCE_OF,
        payload: { petId: petOf(event) },
        runAt: Temporal.Instant.from(event.at).add({ hours: HOURS }).toString(),
      },
    ],
  },
]
