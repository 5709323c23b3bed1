import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** A visit, the start (an instant) it had when the reminder was planned, and which of its reminders it is. */
export interface PlannedReminder {
  readonly appointmentId: string
  readonly startsAt: string
  readonly hoursBefore: number
}

/** When a visit begins, whether it is going to, and how many hours before its owners are to be reminded. */
export interface VisitReminders {
  readonly appointmentId: string
  readonly startsAt: string
  readonly isStanding: boolean
  readonly reminderHours: readonly number[]
}

export function findReminders(db: Queryable, appointmentIds: readonly string[]): Promise<VisitReminders[]> {
  return db.rows({
    name: 'find-reminders',
    text: `select a.id as "appointmentId", a.starts_at as "startsAt",
                  a.status in ('requested', 'booked', 'confirmed') as "isStanding", s.reminder_hours as "reminderHours"
             from appointments a join services s on s.id = a.service_id
            where a.id = any ($1)`,
    values: [appointmentIds],
  })
}

/**
 * Notes that a visit's owners are reminded of it now, unless they were of this time: it still begins then, its service still has
 * that reminder, its pet lives, and at least a twelfth of the time is left (an outage may delay a reminder until it is of no use).
 */
export function insertSentReminder(
  tx: Tx,
  { appointmentId, startsAt, hoursBefore }: PlannedReminder,
): Promise<{ petId: string; sequence: number } | undefined> {
  return tx.row({
    name: 'insert-sent-reminder',
    text: `with visit as (
             select a.id, a.starts_at, a.pet_id as "petId", a.sequence
               from appointments a join services s on s.id = a.service_id join pets p on p.id = a.pet_id
              where a.id = $1 and a.starts_at = $2 and a.status in ('booked', 'confirmed') and $3 = any (s.reminder_hours)
                and a.starts_at - clock_now() between make_interval(hours => $3) / 12
                                                  and make_interval(hours => $3, mins => 1)
                and p.deceased_on is null and p.archived_at is null),
           sent as (
             insert into sent_reminders (appointment_id, starts_at, hours_before) select id, starts_at, $3 from visit
             on conflict do nothing returning appointment_id)
           select "petId", sequence from visit join sent on appointment_id = id`,
    values: [appointmentId, startsAt, hoursBefore],
  })
}
