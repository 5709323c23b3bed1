import type { Queryable } from '../../../platform/database/database.ts'
import type { Span } from '../diary.ts'

/** A visit ahead, by its instant and by what it says of the clock. */
export interface VisitAhead {
  readonly id: string
  readonly startsAt: string
  readonly localStart: string
  readonly timeZone: string
}

const BATCH = 5_000

/** Every visit ahead that may still be moved, earliest first, some thousand at a time. */
export async function* visitsAhead(db: Queryable): AsyncGenerator<readonly VisitAhead[]> {
  let after: Pick<VisitAhead, 'id' | 'startsAt'> | undefined
  for (;;) {
    const batch: VisitAhead[] = await db.rows({
      text: `select id, starts_at as "startsAt", local_start as "localStart", time_zone as "timeZone"
               from appointments
              where starts_at > clock_now() and status in ('requested', 'booked', 'confirmed')
                and ($1::timestamptz is null or (starts_at, id) > ($1, $2::uuid))
              order by starts_at, id
              limit $3`,
      values: [after?.startsAt ?? null, after?.id ?? null, BATCH],
    })
    yield batch
    if (batch.length < BATCH) return
    after = batch.at(-1)
  }
}

/** One subject, held for an appointment. */
export interface Held {
  readonly subjectId: string
  readonly appointmentId: string
  readonly span: Span
  readonly at?: { readonly locationId: string; readonly travelMinutes: number | null }
}

/** All that is still to come for the subjects of some appointments, whoever's it is. */
export async function readHeldBeside(db: Queryable, appointmentIds: readonly string[]): Promise<Held[]> {
  return heldOf(
    await db.rows<HeldRow>({
      text: `select subject_id as "subjectId", appointment_id as "appointmentId", ${ends}
               from reservations
              where subject_id in (select subject_id from reservations where appointment_id = any($1))
                and during && tstzrange(clock_now(), null)`,
      values: [appointmentIds],
    }),
  )
}

/** What is held for one appointment. */
export async function readHeld(db: Queryable, appointmentId: string): Promise<Held[]> {
  return heldOf(
    await db.rows<HeldRow>({
      name: 'read-held',
      text: `select subject_id as "subjectId", appointment_id as "appointmentId", ${ends}, location_id as "locationId",
                    extract(epoch from lower(during) - lower(around))::integer / 60 as "travelMinutes"
               from reservations where appointment_id = $1`,
      values: [appointmentId],
    }),
  )
}

interface HeldRow {
  readonly subjectId: string
  readonly appointmentId: string
  readonly from: number
  readonly to: number
  readonly locationId?: string | null
  readonly travelMinutes?: number | null
}

const ends = `
  date_part('epoch', lower(during)) * 1000 as "from", date_part('epoch', upper(during)) * 1000 as "to"`

function heldOf(rows: readonly HeldRow[]): Held[] {
  return rows.map(({ subjectId, appointmentId, from, to, locationId, travelMinutes = null }) => ({
    subjectId,
    appointmentId,
    span: { from: Number(from), to: Number(to) },
    ...(locationId && { at: { locationId, travelMinutes } }),
  }))
}
