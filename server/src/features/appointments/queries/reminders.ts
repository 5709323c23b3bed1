import type { Queryable, Tx } from '../../../platform/database.ts'

/**
 * The visit, if its owners are to be reminded of it now: it still begins at that time, within 24 hours but not so soon
 * that a reminder is of no use (an outage may delay one), and its pet lives.
 */
export function findVisitToRemindOf(
  db: Queryable,
  appointmentId: string,
  startsAt: string,
): Promise<{ petId: string; sequence: number } | undefined> {
  return db.row({
    name: 'find-visit-to-remind-of',
    text: `select a.pet_id as "petId", a.sequence
             from appointments a join pets p on p.id = a.pet_id
            where a.id = $1 and a.starts_at = $2 and a.status in ('booked', 'confirmed')
              and a.starts_at - clock_now() between interval '2 hours' and interval '24 hours 1 minute'
              and p.deceased_on is null and p.archived_at is null`,
    values: [appointmentId, startsAt],
  })
}

/** @returns false when there was a reminder of this time already */
export async function insertSentReminder(tx: Tx, appointmentId: string, startsAt: string): Promise<boolean> {
  const inserted = await tx.row({
    name: 'insert-sent-reminder',
    text: `insert into sent_reminders (appointment_id, starts_at) values ($1, $2) on conflict do nothing returning starts_at`,
    values: [appointmentId, startsAt],
  })
  return inserted !== undefined
}
