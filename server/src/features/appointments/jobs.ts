import type { Context } from '../../platform/context.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { sweepHolds } from './queries/holds.ts'
import { sweepFreedReservations, sweepPastReservations } from './queries/past-reservations.ts'
import type { PlannedReminder } from './queries/reminders.ts'
import { remindOwner } from './remind-owner.ts'

export const appointmentJobs = [
  { name: 'appointments.remind-owner', run: remindOwner } satisfies Job<Context, PlannedReminder>,
  { name: 'appointments.sweep-holds', run: ({ db }) => sweepHolds(db) } satisfies Job<Context>,
  { name: 'appointments.sweep-reservations', run: ({ db }) => sweepPastReservations(db) } satisfies Job<Context>,
  { name: 'appointments.sweep-freed', run: ({ db }) => sweepFreedReservations(db) } satisfies Job<Context>,
]
