import type { Tx } from '../../../platform/database/database.ts'

/** Any number, the same everywhere. */
export const SCHEDULE_LOCK = 0x7363_6865

/**
 * Bookings and moves share the schedule among themselves; whoever changes hours, time off or closures has it alone, since no
 * constraint covers a booking against a time off. Taken before the timetable is read.
 */
export async function shareSchedule(tx: Tx): Promise<void> {
  await tx.rows({
    name: 'share-schedule',
    text: `select pg_advisory_xact_lock_shared(${SCHEDULE_LOCK})`,
    values: [],
    isSetBased: true,
  })
}

export async function ownSchedule(tx: Tx): Promise<void> {
  await tx.rows({ name: 'own-schedule', text: 'select pg_advisory_xact_lock($1)', values: [SCHEDULE_LOCK] })
}
