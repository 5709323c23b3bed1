import { resourceOf } from '../../platform/events/event-facts.ts'
import type { Listener } from '../../platform/jobs/jobs.ts'

/** Reminders are planned anew with whatever decides when a visit is, and whether. */
export const appointmentListeners: readonly Listener[] = [
  {
    events: ['appointment.booked', 'appointment.moved', 'appointment.cancelled', 'appointment.declined'],
    jobsFor: (event) => [
      {
        key: `plan-reminders:${resourceOf(event)}`,
        name: 'appointments.plan-reminders',
        payload: { appointmentId: resourceOf(event), at: event.at },
      },
    ],
  },
]
