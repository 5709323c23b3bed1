import type { BatchListener } from '../../platform/jobs/jobs.ts'
import { planReminders } from './plan-reminders.ts'

/** Reminders are planned anew with whatever decides when a visit is, and whether. */
export const appointmentListener: BatchListener = {
  events: ['appointment.booked', 'appointment.moved', 'appointment.cancelled', 'appointment.declined'],
  jobsForAll: planReminders,
}
